"""Optional login: off unless INDBLIK_LOGIN says otherwise; see docs/drift/login.md."""
