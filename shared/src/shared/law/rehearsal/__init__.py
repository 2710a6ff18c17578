"""Changes of law: first a rehearsal (dry run) on every open duty, then the change itself."""
