#!/usr/bin/perl
# SPDX-License-Identifier: ISC
# usage: working-hours.pl ask
#        working-hours.pl check HOLIDAYS ASKED ANSWERED
# Asks for working hours after instants of 1990 to 2099, and counts with
# Business::Hours the open seconds up to each answer: exactly so many, and the
# last second before it is one of them. (Its own add_seconds() gives up after
# thirty days and is not needed for that.)
use strict;
use warnings;

BEGIN { $ENV{TZ} = 'Europe/Paris' }
use Business::Hours;
use POSIX qw(tzset);
use Time::Local qw(timegm);
tzset();

# In the driver's words: Mon-Thu 08:00-12:00 13:30-18:00; Fri 08:00-12:00;
# Sun 01:00-05:00. The last is there for the two nights.
sub week {
	my $long = sub {
		return { Start => '08:00', End => '18:00',
		    Breaks => [ { Start => '12:00', End => '13:30' } ] };
	};
	return (
		0 => { Start => '01:00', End => '05:00' },
		(map { $_ => $long->() } 1 .. 4),
		5 => { Start => '08:00', End => '12:00' },
		6 => { Start => undef, End => undef },
	);
}

# The same ones each time, everywhere in a year and around its last Sundays of
# March and October.
sub ask {
	my $seed = 1990;
	my $next = sub {
		$seed = ($seed * 1103515245 + 12345) % 2147483648;
		return $seed >> 8;
	};
	for my $year (1990 .. 2099) {
		for (1 .. 12) {
			my $from = timegm(0, 0, 0, 1, 0, $year) +
			    ($next->() * 5 % (365 * 86400));
			printf "%d %d wh\n", $from, 1 + $next->() % 40;
		}
		for my $month (2, 9) {
			my $last = timegm(0, 0, 0, 31, $month, $year);
			$last -= (gmtime $last)[6] * 86400;
			printf "%d %d wh\n", $last - 86400 +
			    $next->() % 172800, 1 + $next->() % 10 for 1 .. 4;
		}
	}
}

sub lines {
	my ($name) = @_;
	open my $file, '<', $name or die "$name: $!\n";
	chomp(my @lines = <$file>);
	return @lines;
}

sub check {
	my ($holidays, $asked, $answered) = @_;
	my %of_year;
	for (lines($holidays)) {
		my ($day, $year) = /^((\d{4})-\d\d-\d\d)/ or next;
		push @{ $of_year{$year} }, $day;
	}
	my @due = lines($answered);
	my ($same, $different) = (0, 0);
	for (lines($asked)) {
		my ($from, $hours) = /^(\d+) (\d+) wh$/ or die "$_?\n";
		my $due = shift @due // die "too few answers\n";
		my $year = 1900 + (localtime $from)[5];
		my $clock = Business::Hours->new;
		$clock->business_hours(week());
		$clock->holidays(map { @{ $of_year{$_} // [] } }
		    $year, $year + 1);
		my $open = $clock->for_timespan(Start => $from,
		    End => $due - 1);
		if ($open->size == $hours * 3600 && $open->member($due - 1)) {
			$same++;
		} else {
			$different++;
			print "$from + $hours wh: $due, after ",
			    $open->size / 3600, " h\n";
		}
	}
	print "$same same, $different different\n";
}

my $act = shift // '';
if ($act eq 'ask') {
	ask();
} else {
	check(@ARGV);
}
