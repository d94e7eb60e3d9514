"""What independent reviewers found, and what became of it."""

from audits.models.audits import Audit, AuditedBody, AuditSource, Engagement
from audits.models.evidence import EvidenceDelivery, EvidenceRequest, PinnedEvidence
from audits.models.fact_checks import FactCheckComment
from audits.models.findings import Addressee, Assessment, Observation, Recommendation
from audits.models.frameworks import Framework, FrameworkVersion
from audits.models.responses import Response, Verification
from audits.models.samples import Sample, SampleCriterion, SampleItem, SampleMark

__all__ = [
    "Addressee",
    "Assessment",
    "Audit",
    "AuditSource",
    "AuditedBody",
    "Engagement",
    "EvidenceDelivery",
    "EvidenceRequest",
    "FactCheckComment",
    "Framework",
    "FrameworkVersion",
    "Observation",
    "PinnedEvidence",
    "Recommendation",
    "Response",
    "Sample",
    "SampleCriterion",
    "SampleItem",
    "SampleMark",
    "Verification",
]
