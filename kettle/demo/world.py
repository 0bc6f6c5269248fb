"""The made-up company of the demo: 24 colleagues in six time zones, and two channels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who does not exist."""

    name: str
    title: str
    zone: str
    ask_about: str = ""


COMPANY = "Lanternworks"
HOST = "Ana Ruiz"  # invites Kettle, and is a manager
VISITOR = "Bo Lindqvist"  # whom the person at the page is at first; not in the rounds yet
COFFEE, STUDIO = "coffee", "studio"

COLLEAGUES = (
    Colleague("Ana Ruiz", "Head of Operations", "Europe/Madrid", "long-distance trains"),
    Colleague("Bo Lindqvist", "Support engineer", "Europe/Berlin", "sourdough that went wrong"),
    Colleague("Cem Aydın", "Backend engineer", "Europe/Berlin", "restoring radios"),
    Colleague("Dalia Haddad", "Designer", "Europe/Berlin", "hand-drawn maps"),
    Colleague("Emeka Obi", "Data analyst", "Europe/London", "small-town football"),
    Colleague("Freya Nilsen", "Product manager", "Europe/Berlin", "cold-water swimming"),
    Colleague("Goran Petrović", "Site reliability", "Europe/Berlin", "his balcony tomatoes"),
    Colleague("Hana Mori", "Researcher", "Asia/Tokyo", "old cookbooks"),
    Colleague("Ines Duarte", "Recruiter", "Europe/London", "learning the cello late"),
    Colleague("Jonas Weiß", "Finance", "Europe/Berlin", "night trains"),
    Colleague("Kavya Menon", "Mobile engineer", "Asia/Kolkata", "street photography"),
    Colleague("Liam Byrne", "Sales", "Europe/London", "gravel bikes"),
    Colleague("Mina Rahimi", "Designer", "Europe/Madrid", "type on shop signs"),
    Colleague("Noah Fisher", "Account manager", "America/New_York", "crosswords"),
    Colleague("Oksana Bondar", "QA engineer", "Europe/Berlin", "board games for two"),
    Colleague("Pedro Alves", "Writer", "America/New_York", "notebooks"),
    Colleague("Quynh Tran", "Frontend engineer", "America/Los_Angeles", "ceramics"),
    Colleague("Rafael Souza", "Backend engineer", "America/New_York", "birds of the city"),
    Colleague("Sana Iqbal", "Legal", "Asia/Kolkata", "podcasts about courts"),
    Colleague("Tomás Vega", "Customer success", "America/Los_Angeles", "trail maps"),
    Colleague("Ulla Korhonen", "Accountant", "Europe/London", "choir singing"),
    Colleague("Viktor Szabó", "Security", "Europe/Madrid", "lock collections"),
    Colleague("Wren Adler", "Office manager", "America/New_York", "plant cuttings"),
    Colleague("Yara Nasser", "Machine learning", "America/Los_Angeles", "science fiction"),
)
STUDIO_MEMBERS = (
    "Ana Ruiz", "Bo Lindqvist", "Dalia Haddad", "Freya Nilsen", "Hana Mori", "Kavya Menon",
    "Mina Rahimi", "Pedro Alves", "Quynh Tran",
)  # fmt: skip
SILENT = ("Viktor Szabó", "Yara Nasser")  # never answer what Kettle asks …
SLOWER = "Yara Nasser"  # … until it asks about the rhythm
HELLOS = (  # what the visitor reads from those they are introduced to
    "Hello! Good to meet you like this. What are you working on just now?",
    "Hello there, nice that it is the two of us this time.",
    "Hi! I have wanted to hear about your work for a while.",
    "Hello! A call or a walk, both are good for me.",
)
SETTINGS = {
    "How often": "Every week",
    "Weekday": "Monday",
    "Time": "10:00",
    "Time zone": "Europe/Berlin",
    "Group size": "2 people",
}
