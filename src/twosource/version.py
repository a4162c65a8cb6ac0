"""The version, in one place; it is part of every cache key."""

VERSION = "0.1.0"
