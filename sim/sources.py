"""Where numbers and forms come from: key -> full citation with how strong it is, or "assumed, because ...".

Strength: strong (meta-analysis, replicated, large data), moderate (one good study or several consistent weaker
ones), weak (one survey, vendor, self-report). "As recalled" marks a figure taken from general knowledge of a
source that was not read again.
"""

from __future__ import annotations

SOURCES: dict[str, str] = {
    # the funnel
    "bridge-ae-metrics": (
        "Bridge Group, SaaS AE Metrics reports (2017: 384 firms, median ACV $25k at $27M revenue; v8.3: 253 firms, "
        "$38k at $22M). Moderate for SaaS; other sizes extrapolated."
    ),
    "ibm-win-loss": (
        "IBM Sales-Win-Loss sample data, 78,025 opportunities: median $49k, p95 $350k, p99 $700k give a sigma of ln "
        "value of 1.14 to 1.20; 22.6% won. Moderate."
    ),
    "win-rate-benchmarks": (
        "Stage-conversion benchmarks (b2blead: 20-30% mid-market, 10-20% enterprise) and IBM Sales-Win-Loss 22.6%. "
        "Moderate: many sources agree."
    ),
    "win-rate-by-value": (
        "Win rate by contract value, firstsales.io table: 30% below $10k to 12% above $250k, 2 to 5 points per "
        "doubling. Weak."
    ),
    "sales-sourced-share": "Share of pipeline that sales finds itself, typically 50-70%, as recalled. Weak.",
    "funnel-benchmarks": (
        "Inquiry to MQL .10-.40 (b2blead; growthengineer). Weak: a matter of definition. Counts are those that make "
        "the company's wins stationary."
    ),
    "mql-accepted-benchmarks": (
        "MQL to sales-accepted .13-.60 (getfairview; b2blead; lotoftools, median 45%). Weak: definitions differ."
    ),
    "mql-win-benchmarks": (
        "MQLs that are won: .036 as the product of benchmarked stage rates, about .04 (hrmarketer 2010), .13 in mature "
        "cohorts of the Olist marketing funnel. Moderate: definitions of an MQL differ."
    ),
    "hrmarketer-4-in-100": "hrmarketer (2010), '4 in 100 leads buy': most inquiries come from no buyer. Weak.",
    "sales-cycle-by-value": (
        "Cycle by contract value: Bridge 2017 ($25k: 60 days; $35k: 72), firstsales, thecroreport; the log-log slope "
        "through five points is .50. Moderate at $25-35k, weak elsewhere."
    ),
    "olist-cycle": (
        "Olist marketing funnel, January-May 2018 cohorts (public data, summary statistics): days to win lognormal, "
        "sigma 1.45; two components, 89% with median 10.7 days and 11% with median 134 days. Moderate: one firm."
    ),
    "in-market-share": (
        "Dawes, Ehrenberg-Bass Institute / LinkedIn B2B Institute (2021), '95:5': repurchase every five years gives 5% "
        "of accounts a quarter. Mechanism strong, number illustrative."
    ),
    "hbr-lead-audit": (
        "Oldroyd, McElheran & Elkington (2011), The Short Life of Online Sales Leads, HBR: 2,241 US firms, 37% answer "
        "within an hour, 23% never, mean of responders 42 h. Moderate."
    ),
    "hbr-lead-odds": (
        "Oldroyd et al. (2011): odds of qualifying fall about 60-fold from an hour to a day and more, an exponent near "
        "1; halved here, because slow answers also go to worse leads. Causal size weak."
    ),
    "never-contacted": (
        "Leads never contacted: 23% and 45% of firms in two audits (HBR; Marketo), 25-73% of leads where teams are "
        "siloed, .03-.25 under a service level. Weak at the level of leads."
    ),
    # brand and media
    "brand-half-life": (
        "Hartnett et al. (2021), When Brands Stop Advertising: about -16% sales after one year, -25% after two, as "
        "recalled; Wood & Poltrack (2015): long run twice the short run. Weak: a top sensitivity parameter."
    ),
    "leone-1995": (
        "Leone (1995), Generalizing What Is Known about Temporal Aggregation and Advertising Carryover, Marketing "
        "Science 14(3): 90% duration of six to nine months; .72 a month retains a tenth after seven. Strong."
    ),
    "day-one-list": (
        "Bain & Google (n = 1,208): 80-90% have a list before research and 90% of those buy from it; 6sense (n about "
        "3,500): 8 in 10. Moderate: stated recall. The odds ratio of 5 (3-10) is derived."
    ),
    "esov": (
        "Binet & Field; Nielsen: +10 points of excess share of voice go with +.5 to +.7 points of share a year. "
        "Moderate correlation, endogenous."
    ),
    "jedidi-1999": (
        "Jedidi, Mela & Gupta (1999), Managing Advertising and Promotion for Long-Run Profitability, Marketing Science "
        "18(1): promotions lower brand equity. Moderate: one consumer category."
    ),
    "bijmolt-2005": (
        "Bijmolt, Van Heerde & Pieters (2005), New Empirical Generalizations on the Determinants of Price Elasticity, "
        "JMR 42: mean -2.62 over 1,851 estimates. Strong for consumer goods; -2 for business buyers is assumed."
    ),
    "albers-2010": (
        "Albers, Mantrala & Sridhar (2010), Personal Selling Elasticities: A Meta-Analysis, JMR 47: mean .34, .31 "
        "corrected. Strong; falling returns to hours follow."
    ),
    "sethuraman-2011": (
        "Sethuraman, Tellis & Briesch (2011), How Well Does Advertising Work?, JMR 48: short run .12 over 751 estimates, "
        "long run .24 over 402; Henningsen et al. (2011): .09; Assmus et al. (1984): .22, long run .41. Strong for "
        "consumer goods, moderate for business buyers."
    ),
    "quarter-end": (
        "Bookings in the last month of a quarter, .36 to .65 of all, as recalled of software firms; Oyer (1998), RAND "
        "Journal of Economics 29: sales bunch at the ends of fiscal years. Sign strong, size weak."
    ),
    "discount-depth": "Discounts of 8% in ordinary weeks and 16% at quarter-end. Assumed, because no source was found.",
    "nath-bharadwaj-2020": (
        "Nath & Bharadwaj (2020), JAMS 48: 401 US manufacturers; marketing and sales chiefs together pay when industry "
        "sales are volatile. Moderate: demand volatility must be a factor."
    ),
    "idc-spend": "IDC (Vancil), as quoted in trade press: marketing 3-12% and sales 10-20% of revenue. Moderate for technology.",
    # people
    "rep-dispersion": (
        "Olist closers: wins per active month with CV .53, so a sigma of about .45; O'Boyle & Aguinis (2012) argue for "
        "heavier tails. Moderate."
    ),
    "rep-win-dispersion": "Sd of win rates across salespeople .01-.20 in two CRM data sets. Weak: confounded by territory.",
    "rep-hours": "Contracted and actual weekly hours of salespeople, 40 and 46, as recalled. Weak.",
    "cso-insights": (
        "CSO Insights (2006, 2011; more than 2,000 firms): 35-46% of the week selling, 19-24% on leads and research. Moderate."
    ),
    "rep-content-time": "Time on finding and making content, .02-.20 of hours; vendor claims of 20%. Folklore.",
    "leader-hours": "Leaders' weekly hours, 45-60. Assumed, because no source was found for this kind of leader.",
    "coaching-hours": (
        "Sales Leadership Council, as quoted by InsightSquared: 3-5 hours of coaching per salesperson and month. Weak."
    ),
    "coaching-gain": (
        "SBI, as quoted by InsightSquared: +7% with more than three hours a month; little at the top and bottom. Weak to moderate."
    ),
    "span-of-control": "InsightSquared (2014): 8 salespeople per manager, 5-12 in practice. Moderate.",
    "vp-sales-pay": (
        "Head of sales, on-target earnings $180-300k below $10M revenue, $300-400k at $10-50M, $400-600k at $50-200M "
        "(humanr.ai; qobra.co). Moderate for US software."
    ),
    "leader-pay-ratios": (
        "Marketing chief about .9 of a head of sales (parkwest; kamyarshah); merged head 1.15 (1.0-1.4) and revenue chief "
        "1.4 (1.2-1.8). Assumed, because no source was found for the last two."
    ),
    "fractional-market": (
        "Fractional marketing chiefs: $4-20k a month for 8-20 hours a week, two to five clients (parkwest; kamyarshah; "
        "geisheker). Moderate for price, folklore for results."
    ),
    "leader-horizons": (
        "Planning horizons of 1-2 quarters (sales), 4 (balanced), 4-8 (marketing); sign supported by Homburg & Jensen "
        "(2007). Assumed, because nobody has measured them."
    ),
    "task-switching": (
        "Rubinstein, Meyer & Evans (2001): switching costs exist; Weinberg's rule of thumb puts them near 10-20% of time "
        "per further project. Existence strong, size in managerial work weak."
    ),
    "graham-2005": (
        "Graham, Harvey & Rajgopal (2005): four in five financial chiefs would cut discretionary spending to meet a "
        "target. Strong as stated intent; the slope is assumed."
    ),
    "sales-turnover": "Sales turnover 20-40% a year (HBR; optymyze 35%). Moderate.",
    "marketing-turnover": "LinkedIn: marketing turnover the highest of functions, 15-30% a year. Moderate.",
    "ramp-time": "Ramp to full productivity 3-9 months, Bridge Group 4.5-5.7, as recalled. Moderate.",
    "replacement-cost": "Cost of replacing a salesperson .5 to 2 times pay (Xactly $115k). Weak.",
    # strain
    "strain-recursion": (
        "Monthly recursion derived to match a 12-month stability near .55 and small lagged effects: Shoman et al. (2022), "
        "65 studies; Guthier, Dormann & Voelkle (2020), 48 longitudinal studies. Pattern strong, form ours."
    ),
    "exhaustion-performance": "Exhaustion and performance r about -.17 (-.10 to -.30), as recalled. Moderate.",
    "swider-zimmerman-2010": (
        "Swider & Zimmerman (2010): exhaustion and leaving r = .17, as recalled; at 30% a year that is .37 log hazard per "
        "SD. Moderate."
    ),
    # between the functions
    "homburg-jensen-2007": (
        "Homburg & Jensen (2007), The Thought Worlds of Marketing and Sales, Journal of Marketing 71: differences in "
        "competence harm, a difference in time horizon helps given cooperation. Moderate; sizes assumed."
    ),
    "lmf-massey-2019": (
        "Le Meunier-FitzHugh & Massey (2019), Journal of Marketing Management: a single unit, joint teams, rotation and "
        "meetings lower conflict; training and shared offices do not. Moderate; sizes assumed."
    ),
    "hulland-2012": (
        "Hulland, Nenkov & Barclay (2012), JAMS: perceived fairness goes with effective relationships. Moderate; sizes assumed."
    ),
    "dawes-massey-2005": (
        "Dawes & Massey (2005), n = 200, and Massey & Dawes (2007): conflict is low on average, two-way communication "
        "matters most. Moderate; the level of C is assumed."
    ),
    "clamp": "A state held at a value on purpose: for experiments, not an estimate.",
    # forms and methods
    "Wichura1988": "Wichura (1988), Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37.",
    "Steele2014": "Steele, Lea & Flood (2014), Fast Splittable Pseudorandom Number Generators, OOPSLA.",
    "PolyakJuditsky1992": "Polyak & Juditsky (1992), Acceleration of Stochastic Approximation by Averaging, SIAM J. Control 30.",
    "Demerouti2001": "Demerouti, Bakker, Nachreiner & Schaufeli (2001), The Job Demands-Resources Model of Burnout.",
    "Guthier2020": "Guthier, Dormann & Voelkle (2020), Reciprocal Effects between Job Stressors and Burnout, Psychological Bulletin.",
    "NerloveArrow1962": "Nerlove & Arrow (1962), Optimal Advertising Policy under Dynamic Conditions, Economica 29.",
    # what lies between the functions, and the people
    "Vernon2010": (
        "Vernon, Goldstein & Bower (2010), Galaxy Formation: a Bayesian Uncertainty Analysis, Bayesian Analysis 5(4): "
        "history matching, implausibility and the cut at three."
    ),
    "ForemanMackey2013": (
        "Foreman-Mackey, Hogg, Lang & Goodman (2013), emcee: The MCMC Hammer, PASP 125: an ensemble of walkers that "
        "needs no tuning."
    ),
    "perceived-alignment": (
        "Drift and LeadMD (2018), 350 firms: 90% of leaders believe that they are aligned, their answers say "
        "otherwise; Forrester (2024): 82% of executives against 65% who see misalignment. Moderate in sign, weak in size."
    ),
    "massey-dawes-2007": (
        "Massey and Dawes (2007), and Dawes and Massey (2005), 200 sales managers: dysfunctional conflict between "
        "marketing and sales is low on average; contact lowers it. Moderate."
    ),
    "unused-content": (
        "SiriusDecisions: 60-70% of marketing's content is never used by sales; CMO Council: up to 90%. Assumed .65 in "
        "silos, .30 when aligned. Weak in size, robust in direction."
    ),
    "larkin-2014": "Larkin (2014), one enterprise-software vendor: commissions accelerate above quota. Strong there.",
    "channel-spread": (
        "Olist marketing funnel, cohorts of 2018: the best channel converts 3.5 times as often as the worst (2-6). "
        "Moderate: one firm. Drift and memory give six channels that spread."
    ),
    "leader-tenures": (
        "Spencer Stuart (2023): marketing chiefs stay 4.2 years; SBI (2024): revenue chiefs 25 months, sales chiefs 19. "
        "Assumed .30 a year for all alike, so that no structure is hurt by a title."
    ),
    "demands-meta-analyses": (
        "Lee and Ashforth (1996), Alarcon (2011), as recalled: exhaustion correlates .45 with workload and with role "
        "conflict, .30 with role ambiguity, -.27 with support and control. Strong as to order."
    ),
    "germann-2015": (
        "Germann, Ebbes & Grewal (2015), The Chief Marketing Officer Matters!, J. Marketing 79: 155 firms, a marketing chief "
        "is worth about 15% of Tobin's q, more where growth is faster. Moderate; that it grows with team size is a "
        "prediction to test."
    ),
    "gilboa-2008": (
        "Gilboa et al. (2008), 169 samples: role ambiguity is the stressor most harmful to performance. Strong as to "
        "order; the weight is chosen so that it is the largest, because strain is its only way to performance here."
    ),
    "measured-response": (
        "Measured as the model's own response to a permanent push of one activity, all decisions held at today's "
        "(experiments/e04_measured_response). No evidence of its own: it follows from the other constants. Lags that are not "
        "known within two quarters (coaching, people, activation, experiments, lead quality) are assumed as before."
    ),
    "reference-moments": (
        "Measured in the model's own reference population, medium under typical practices "
        "(experiments/e00_reference_moments). Where that population hardly varies (autonomy, support, clarity, "
        "ambiguity, use, leaders' load, trust) the sd is assumed: what counts as one SD."
    ),
    "hill-saturation": (
        "Nerlove and Arrow (1962) with concave response (Hill), as recalled: doubling spend less than doubles effect. "
        "Strong as form; the exponents are assumed."
    ),
    "keszey-biemans-2016": (
        "Keszey and Biemans (2016), 296 firms: sales that takes on marketing's tasks improves new products through "
        "closeness to customers. Moderate; contested by practice, which calls it waste."
    ),
    "march-1991": (
        "March (1991), exploration and exploitation in organisational learning: without search what is known wears out. "
        "Strong as theory; the rate is assumed."
    ),
    # the articles whose claims are tested (conf/claims.yaml); none of them sets a number
    "article-merged-role": (
        "An article by a marketing consultancy against one Head of Sales and Marketing, with a job posting that was said "
        "to be about 5% marketing, and for fractional marketing leaders. Opinion; one reported case."
    ),
    "article-unicorn": (
        "Artful Journal (16 July 2025), Stop Trying to Be a Unicorn: Why Your Sales and Marketing Needs Two Leaders, Not "
        "One. Opinion."
    ),
    "article-great-divide": (
        "Sales vs. Marketing: The Great Divide and Why Leaders Can't Afford to Pick a Side. Quotes 79% (leads that never "
        "convert), 87% (negative views), 70% (faster growth), 208% (revenue from marketing). Opinion; the figures drift "
        "from page to page and can't be verified."
    ),
    "article-interchangeable": (
        "An article on why marketers should not be hired to sell, nor salespeople to market. Opinion."
    ),
    "article-broker-peace": (
        "Looking For An Edge In 2021? Broker Peace Between Sales And Marketing: a tenth of revenue is squandered at cross "
        "purposes; by company size. Opinion; its figure goes back to an analyst's estimate."
    ),
}
