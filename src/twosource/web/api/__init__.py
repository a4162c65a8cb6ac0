"""The HTTP API under ``/api/v1``: the same newsroom for programs, described by ``/openapi.json``.

`operations.operation` declares what a path takes and answers; routes, checks and the description are made from that.
"""
