"""A believable California on the running system: certified programs and providers, a live desk."""
