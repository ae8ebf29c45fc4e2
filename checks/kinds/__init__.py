"""The built-in kinds of check, in a plain tuple."""

from __future__ import annotations

from checks.kind import Kind
from checks.kinds.documents import DocumentFields, DocumentFiles, DocumentLateness, DocumentSearch
from checks.kinds.drafts import DraftComments, DraftDetails, FeedbackIntake
from checks.kinds.english import English
from checks.kinds.functions import FUNCTIONS
from checks.kinds.people import Leaders, Officials, PortalContact
from checks.kinds.projects import ProjectFields
from checks.kinds.qa import QuestionsAndAnswers, QuestionTimes
from checks.kinds.schedule import Schedule
from checks.kinds.section import Section
from checks.kinds.statistics import Statistics

BUILT_IN: tuple[type[Kind], ...] = (
    Section,
    Leaders,
    Schedule,
    Officials,
    PortalContact,
    DocumentFields,
    DocumentFiles,
    DocumentSearch,
    DocumentLateness,
    ProjectFields,
    DraftDetails,
    DraftComments,
    FeedbackIntake,
    English,
    Statistics,
    QuestionsAndAnswers,
    QuestionTimes,
    *FUNCTIONS,
)
