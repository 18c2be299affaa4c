"""What both reference implementations share: sealing, freezing, check digits, rules between fields, sample data.

Nothing here knows a web framework, a validator or a database."""
