"""What every process needs: settings, logging, loops, health checks, an orderly shutdown."""
