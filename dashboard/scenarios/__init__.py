"""Calculators: what would follow if the visitor's assumptions held. The mathematics knows no screen.

caseload         money per year → young people per adviser, calibrated on the budget note's own points
caseload_choice  what can be chosen, the note's figures, and the choice worked out
caseload_page    its picture; caseload_words and caseload_tables what stands around it
fleksjob_flow    people referred to a fleksjob: in job, unemployed, coming and leaving, year by year
flow_page        its choices, picture and table; flow_reverse the question asked backwards
solve            bisection on a monotone function
"""
