"""What any process has: settings, log lines, loops with health beside them, an orderly end."""
