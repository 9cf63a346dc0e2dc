# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# The customer's page of each kind of case, at each stage, in each language, seen
# with a browser. SHOTS=FOLDER keeps what is seen.

setup() {
	load ../helper
	load ../master
	load ../recall
	load ../track
	case_setup
	export CASE_PUBLISHED=$BATS_TEST_TMPDIR/www
	serve lighttpd
	recall_db
	case-config web.url "$url"
	case-config hotline.national '0 800 123 456'
	case-config hotline.abroad '+33 1 23 45 67 89'
	case-config company 'Ampère & fils'
	units=0
}

teardown() {
	serve_end
}

# stages NAME OPEN ACT...: for each customer a case for each stage of its way.
stages() {
	local name=$1 open=$2 customer stage act id

	shift 2
	for customer in ACME BETA; do
		for stage in $(seq 0 $#); do
			units=$((units + 1))
			id=$(eval "${open//UNIT/QO120:W$units}" \
			    "--customer $customer")
			for act in "${@:1:stage}"; do
				eval "${act//UNIT/QO120:N$units} $id" >/dev/null
			done
			echo "$name-$customer-$stage	$(case-show --link "$id")"
		done
	done >>list
}

# A recall told, and one answered.
recall_stages() {
	local id

	recall_issue >/dev/null
	for id in $(case-list --kind recall | cut -f 1); do
		case-report -q notify "$id"
		echo "recall-$id	$(case-show --link "$id")"
	done >>list
	case-report -q respond --outcome held --remedy exchange "$id"
}

@test "each kind of case, each stage, each language" {
	local open='case-open fault --pilot ANNE -m m --unit UNIT'

	stages exchange "$open --sold-on 2026-01-15" \
	    'case-triage exchange -m m' 'case-ship request' 'case-ship slip' \
	    'case-ship replacement --unit UNIT --carrier DPD --tracking 1' \
	    'case-ship return' 'case-ship receive' 'case-ship forward' \
	    'case-report analyse -m m' 'case-close --satisfaction 5'
	stages repair "$open --sold-on 2020-01-15" \
	    'case-triage repair -m m' \
	    'case-order quote --amount 10 --currency EUR --until 2026-06-01' \
	    'case-order order --po 1' 'case-ship request' 'case-ship slip' \
	    'case-ship return' 'case-ship receive' \
	    'case-report fix --cause WELD --outcome repaired -m m' \
	    'case-ship send-back --carrier DPD --tracking 1' \
	    'case-close --satisfaction 5'
	stages expertise 'case-open expertise --pilot EVE -m m --unit UNIT \
		--sold-on 2026-01-15' \
	    'case-triage expertise -m m' 'case-ship dossier' \
	    'case-ship book --on 2026-05-06' 'case-ship pickup' \
	    'case-ship deliver' 'case-report analyse --outcome return -m m' \
	    'case-report report -m m' 'case-ship send-back --carrier DPD' \
	    'case-report survey --degree 4 -m m' 'case-close --satisfaction 4'
	stages emergency 'case-open emergency --risk people --pilot ANNE -m m \
		--unit UNIT --sold-on 2026-01-15' \
	    'case-triage advice parts intervention -m m' \
	    'case-report advise -m m' 'case-ship parts --part FUSE=1' \
	    'case-assign --role technician TECH' 'case-report arrive' \
	    'case-report intervene --outcome running -m m' \
	    'case-close --satisfaction 5'
	stages complaint 'case-open complaint --pilot ANNE -m m' \
	    'case-triage classify --nature logistic --criticality 2 \
		--dissatisfaction 4 --sought m' \
	    'case-report acknowledge -m m' 'case-note --ask -m m' \
	    'case-report solve -m m --start correction --owner ANNE \
		--until 2026-06-01' \
	    'case-report correct -m m --why m --missed m --change m'
	stages cancelled "$open --sold-on 2026-01-15" 'case-close --cancel -m m'
	recall_stages
	case-publish "$CASE_PUBLISHED"
	[ "$(wc -l <list)" -gt 90 ]
	run -0 browser look <list
}
