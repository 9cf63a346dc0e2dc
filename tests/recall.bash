# SPDX-License-Identifier: ISC
# shellcheck shell=bash
# A recall to be issued, for the tests of recalls. `load master` comes first.

# Contactors of four plants' codes; DIST has sold two, nobody knows who has the
# last one.
recall_db() {
	master_db
	case-config brand Montclar
	case-config hotline.national '0 800 00 00 00'
	case-load -q units <<-'CSV'
	reference,serial,lot,made_on,sold_on,customer,plant
	QO130,SN98,200560,2020-02-10,2020-06-01,ACME,
	QO130,SN99,200561,2020-02-11,2020-06-01,ACME,
	QO130,sn100,200562,2020-02-12,2020-06-01,BETA,
	QO130,SN0101,20056A,2020-02-13,2020-07-01,ACME,REP
	QO130,SN102,200610,2020-03-01,2020-07-01,DIST,
	QO130,SN103,200611,2020-03-02,2020-07-02,DIST,
	QO130,SN104,200612,2020-03-03,,,
	QO130,A1B9,210101,2021-01-04,2021-02-01,BETA,
	QO130,A1B10,210102,2021-01-05,2021-02-01,ACME,
	CSV
}

# A notice without fault; what is given replaces lines of the same name, or with
# "NAME-" drops them.
recall_notice() {
	cat >notice.txt <<-'END'
	title: fr:Disjoncteurs QO130 de 2020
	title: en:QO130 circuit breakers of 2020
	defect: fr:Le contact peut se souder.
	defect: en:The contact may weld.
	hazard: fr:Le courant n'est plus coupé : risque d'incendie.
	hazard: en:The current is not cut any more: risk of fire.
	instruction: fr:N'utilisez plus le produit, coupez le courant.
	instruction: en:Stop using the product, cut the current.
	find: fr:Numéros SN98 à SN104, sur le côté gauche.
	find: en:Numbers SN98 to SN104, on the left side.
	sold: fr:En France, de juin à juillet 2020.
	sold: en:In France, in June and July 2020.
	remedy: exchange,refund
	cause: WELD
	pilot: PAUL
	END
	for line; do
		sed -i "/^${line%%[-:]*}:/d" notice.txt
		[[ $line == *- ]] || printf '%s\n' "$line" >>notice.txt
	done
}

# Issues one, over SN98 to SN104 if nothing is said.
recall_issue() {
	recall_notice
	recall-issue --from notice.txt "${@:---select=reference=QO130,serial=SN98..SN104}"
}

# The units that selections find, by serial: found --select ... [--exclude ...]
found() {
	recall-issue --drill --units --yes -o serial "$@" | tr '\n' ' ' |
	    sed 's/ $//'
}

# The figures of a recall, from the units themselves: "3 notified 2 to_notify".
buckets() {
	sql "SELECT group_concat(n || ' ' || bucket, ' ') FROM (SELECT bucket,
	    count(*) AS n FROM recall_unit WHERE recall = $1 GROUP BY bucket
	    ORDER BY bucket)"
}

# The case of a customer under a recall.
case_of() {
	sql "SELECT case_id FROM cases WHERE recall = $1 AND customer = '$2'
	    ORDER BY case_id DESC LIMIT 1"
}
