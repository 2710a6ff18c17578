"""The database schema of every service: tables, migrations, and the check at start."""
