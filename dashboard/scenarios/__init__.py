"""Calculators: what would follow if the visitor's assumptions held. The mathematics knows no screen.

caseload        money per year → young people per adviser, calibrated on the budget note's own points
caseload_page   its choices, picture and tables
fleksjob_flow   people referred to a fleksjob: in job, unemployed, coming and leaving, year by year
flow_page       its choices, picture and tables
solve           bisection on a monotone function
"""
