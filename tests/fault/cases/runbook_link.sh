# A link to a runbook is on record with its review, or there is none.
setup() { "$NINES" init -q; }
act() { "$NINES" remediate runbook link runbooks/pool.md --alert CheckoutErrors --reviewed; }
state() { "$NINES" remediate runbook check -o json -q | grep -E '"(link|kind)"|RBK|ALERT'; true; }
