"""Addresses of what an audit rests on: live evidence and samples."""

from django.urls import path

from audits.views import evidence, samples

_AUDIT = "granskningar/<int:pk>/"
_SAMPLE = "granskningar/stickprov/<int:pk>/"

urlpatterns = [
    path(f"{_AUDIT}fragor/<str:number>/underlag/", evidence.audit_evidence, name="audit_evidence"),
    path(f"{_AUDIT}fragor/<str:number>/underlag/bevara/", evidence.audit_evidence_pin, name="audit_evidence_pin"),
    path(f"{_AUDIT}stickprov/", samples.audit_samples, name="audit_samples"),
    path(f"{_AUDIT}stickprov/nytt/", samples.audit_sample_draw, name="audit_sample_draw"),
    path(_SAMPLE, samples.audit_sample, name="audit_sample"),
    path(f"{_SAMPLE}arenden.csv", samples.audit_sample_file, name="audit_sample_file"),
    path(f"{_SAMPLE}arende/<int:position>/", samples.audit_sample_item, name="audit_sample_item"),
    path(f"{_SAMPLE}steg/<str:name>/", samples.audit_sample_move, name="audit_sample_move"),
]
