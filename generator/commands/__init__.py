"""The commands, by what they touch: the public site, paper, or pupils."""
