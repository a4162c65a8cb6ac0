"""Stories on a stream: which reports tell one event, decided when each arrives and looked over again later."""

from twosource.stories.features import Features, features
from twosource.stories.judgements import Assignment, Change, Reason
from twosource.stories.stream import Seat, Stream

__all__ = ["Assignment", "Change", "Features", "Reason", "Seat", "Stream", "features"]
