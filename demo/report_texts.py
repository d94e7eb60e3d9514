"""What the demonstration's reports say: texts by the part of the template they stand in. All of it invented."""

from __future__ import annotations

from collections.abc import Mapping

ANNUAL: Mapping[str, str] = {
    "aret-text": (
        "Året var det första med ansvar för arbetsmarknad och integration. Av dem som skrevs ut gick "
        "{{mått:work_or_study_at_exit}} vidare till arbete eller studier ({{mått:work_or_study_at_exit; visa=antal}}). Det är "
        "lägre än målet. Nämnden har beslutat om en åtgärd och följer den varje månad."
    ),
    "handelser-text": (
        "Ansvaret för arbetsmarknad och integration flyttades till socialnämnden den 1 januari (KF 2023-10-25 § 190). Enheterna "
        "har fått gemensamma lokaler och en gemensam ingång för den som söker stöd.\n\n"
        "Delegationsordningen är omarbetad (SN 2024-03-19 § 11)."
    ),
    "mal-text": (
        "Kontakterna med arbetsgivare fick byggas upp på nytt efter bytet av nämnd, och det märks i andelen som gick vidare. "
        "Fler än tänkt kom tillbaka till ekonomiskt bistånd inom ett år; de flesta av dem hade haft tillfälliga arbeten.\n\n"
        "Förra årets åtgärd, fler platser för språkpraktik, blev försenad och redovisas i kapitlet om rekommendationer."
    ),
    "ekonomi-text": (
        "Det som avviker mest är personal: två tjänster var vakanta under våren. Ersättningen för nyanlända avräknades först i "
        "december, så de löpande prognoserna var osäkra under hösten."
    ),
    "uppdrag-text": (
        "Modellen för hur arbetsgivare, föreningar och insatser hänger ihop redovisas i mars 2025. Dagen är flyttad en gång, "
        "eftersom uppdraget förtydligades i budgeten."
    ),
    "personal-text": "Två tjänster på arbetsmarknadsenheten var vakanta under våren och tillsattes i augusti.",
    "internkontroll-text": (
        "Kontrollerna är gjorda som planen säger. Den som visade allvarliga brister gällde remisserna: hindret för arbete "
        "saknades i många av dem. Formuläret görs om till sommaren.\n\n"
        "Vid årets slut hade {{mått:plan_coverage}} av deltagarna en giltig plan ({{mått:plan_coverage; visa=antal}})."
    ),
    "rekommendationer-text": (
        "Nämnden har svarat på alla rekommendationer som riktats till den. Det som återstår är att visa att uppföljningen av "
        "varje insats fortsätter när den nya rutinen har varit i bruk ett helt år."
    ),
    "framat-text": (
        "Nästa års viktigaste fråga är hur uppföljningen ska gå till när flera enheter möter samma person. Den största risken är "
        "att ingen enhet ser helheten; den följs i den interna kontrollen."
    ),
    "tj-sammanfattning": (
        "Nämnden ska efter årets slut redovisa vad verksamheten har gett och kostat. Rapporten visar att färre än målet gick "
        "vidare till arbete eller studier, att fler än målet kom tillbaka till bistånd inom ett år, och vad nämnden gör åt det."
    ),
    "tj-arendet": (
        "Helårsrapporten gäller 2024 och är nämndens underlag till kommunens årsredovisning. Den är beredd av förvaltningen "
        "tillsammans med enhetscheferna."
    ),
    "tj-bedomning": (
        "Förvaltningen bedömer att de beslutade åtgärderna är de rätta, men att de får effekt först under nästa år. Avvikelserna "
        "i den interna kontrollen är av det slag som enheterna själva rättar."
    ),
    "tj-ekonomi": "Förslaget påverkar inte nämndens ekonomi.",
    "tj-barn": (
        "Barn påverkas genom sina föräldrar. När en förälder går från bistånd till arbete får barnen en tryggare ekonomi. "
        "Förvaltningen har därför bett enheterna att notera barn i hushållet redan vid det första mötet."
    ),
    "tj-beslut": (
        "Nämnden godkänner helårsrapporten för 2024.\n"
        "Nämnden överlämnar rapporten till kommunstyrelsen och revisorerna.\n"
        "Nämnden ger förvaltningen i uppdrag att kontrollera genomförandeplanerna en gång i kvartalet."
    ),
    "tj-skickas": "Kommunstyrelsen\nRevisorerna\nEnhetscheferna",
}

INTERIM: Mapping[str, str] = {
    "handelser-text": (
        "Ansvaret för arbetsmarknad och integration flyttades till socialnämnden den 1 januari (KF 2023-10-25 § 190). Under "
        "våren har enheterna fått gemensamma lokaler och en gemensam ingång för den som söker stöd.\n\n"
        "Delegationsordningen är omarbetad (SN 2024-03-19 § 11)."
    ),
    "personal-text": "Två tjänster på arbetsmarknadsenheten var vakanta under våren och tillsattes i augusti.",
    "internkontroll-text": (
        "Kontrollen av genomförandeplaner är gjord för första halvåret.\n\n"
        "- Avvikelserna är genomgångna med enhetscheferna.\n- Nästa kontroll görs i december.\n\n"
        "Vid periodens slut hade {{mått:plan_coverage}} av deltagarna en giltig plan, {{mått:plan_coverage; visa=antal}}."
    ),
    "framat-text": "Höstens viktigaste fråga är hur uppföljningen ska gå till när flera enheter möter samma person.",
}

JOINT: Mapping[str, str] = {
    "samverkan-text": (
        "Nämnderna har haft två gemensamma möten under året. Ansvaret för den som läser sfi och samtidigt har ekonomiskt bistånd "
        "är beskrivet i en gemensam rutin."
    )
}

MONTHLY: Mapping[str, str] = {
    "laget-text": (
        "Platserna för språkpraktik är fler sedan förra sammanträdet, och två utbildare har börjat. Siffrorna nedan är för "
        "nya för att visa om det har betytt något."
    )
}
