"""Everything with buttons ends (P17): how each kind looks from then on, and what draws it so."""
