#!/usr/bin/env python3
"""Compares what `testudo check --out RESULT` found with what the laboratory hid.

Usage: compare.py PLANTED.JSON RESULT [--clean]
One line for each difference; exit 1 if something hidden was missed or graded too low, or a decoy was reported.
What was found beside is listed, and is a failure with --clean alone, but for what is advice and no trace.
"""
import json
import os
import sys

ADVICE = {'ios.system_not_newest'}
LEVELS = ['none', 'info', 'low', 'medium', 'high', 'critical']


def matches(trace, finding):
    if trace['expect'] == 'none':
        return finding['value'] is not None and (finding['value'] == trace['value'] or within(finding['value'], trace))
    if finding['rule'] != trace['expect']:
        return False
    known = [finding.get('indicator') or {}, *finding.get('also', [])]
    if trace['indicator'] and any(bare(i.get('value', '')) == bare(trace['indicator']) for i in known):
        return True
    value = str(finding['value'])
    return value == trace['value'] or (len(trace['value']) > 12 and value.startswith(trace['value']))


def within(value, trace):
    """A decoy's host is in its text: reporting that part of the value counts as reporting the decoy."""
    return len(value) > 8 and value in trace['value'] and '/' in trace['value']


def bare(value):
    return value.split('://', 1)[-1].lower()


def main():
    planted = json.load(open(sys.argv[1]))
    lines = open(os.path.join(sys.argv[2], 'findings.ndjson'), encoding='utf-8')
    findings = [json.loads(line) for line in lines]
    failed, used = 0, set()
    for trace in planted:
        hits = [i for i, finding in enumerate(findings) if matches(trace, finding)]
        used.update(hits)
        best = max((LEVELS.index(findings[i]['severity']) for i in hits), default=0)
        least = LEVELS.index(trace['severity_at_least'])
        if trace['expect'] == 'none' and best > least:
            print('decoy reported:', trace['name'], trace['value'], [findings[i]['rule'] for i in hits], LEVELS[best])
            failed += 1
        elif trace['expect'] != 'none' and not hits:
            print('missed:', trace['name'], trace['source'], trace['expect'], trace['value'])
            failed += 1
        elif trace['expect'] != 'none' and best < least:
            print('graded too low:', trace['name'], LEVELS[best], 'instead of', trace['severity_at_least'])
            failed += 1
    beside = [f for i, f in enumerate(findings) if i not in used]
    for finding in beside:
        print('beside:', finding['rule'], finding['severity'], finding['record'], finding['value'])
    print(f'{len(planted)} hidden, {len(findings)} found, {failed} wrong, {len(beside)} beside')
    traces = [f for f in beside if f['rule'] not in ADVICE]
    return 1 if failed or (traces and '--clean' in sys.argv) else 0


sys.exit(main())
