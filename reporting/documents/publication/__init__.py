"""What is made of a report that has been decided on: its public page and data, its memo and brief, its archive package."""
