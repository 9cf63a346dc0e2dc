# SPDX-License-Identifier: ISC
"""usage: track.py look | answer URL [WORDS]

What a browser makes of the customer's page. Tells what is wrong, a line each,
and ends with 1 if there is anything.

look: pages as NAME<TAB>URL on standard input. Each on a phone and on a desk,
light and dark: nothing runs out of the window, nothing is refused or logged by
the browser, and axe finds nothing. With SHOTS=FOLDER what is seen is kept there,
also as it is printed.
answer: fills in the survey as a person does, and prints what he is told and
where he is then.
"""

import base64
import contextlib
import json
import os
import sys
import urllib.request

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

# The narrow one is a phone, and a desk at four times the size (WCAG 1.4.10).
SIZES = {'phone': (320, False), 'desk': (1280, True)}
# What Chromium ships for the audits of its developer tools.
AXE = 'http://%s/devtools/third_party/lighthouse/lighthouse-dt-bundle.js'


@contextlib.contextmanager
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = '/usr/bin/chromium'
    for argument in ('headless=new', 'no-sandbox', 'disable-gpu',
                     'disable-dev-shm-usage', 'hide-scrollbars',
                     'no-first-run', 'disable-background-networking'):
        options.add_argument('--' + argument)
    # Its socket's name has to be short.
    os.environ['TMPDIR'] = '/tmp'
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
    service = webdriver.chrome.service.Service('/usr/bin/chromedriver')
    driver = webdriver.Chrome(service=service, options=options)
    try:
        yield driver
    finally:
        driver.quit()


def evaluate(driver, expression):
    """The value of an expression, whatever the page's policy."""
    answer = driver.execute_cdp_cmd('Runtime.evaluate', {
        'expression': expression, 'awaitPromise': True,
        'returnByValue': True})
    if 'exceptionDetails' in answer:
        raise RuntimeError(answer['exceptionDetails'])
    return answer['result'].get('value')


def axe_source(driver):
    """axe stands in the bundle as a template literal."""
    address = driver.capabilities['goog:chromeOptions']['debuggerAddress']
    with urllib.request.urlopen(AXE % address) as answer:
        bundle = answer.read().decode()
    start = end = bundle.index('`/*! axe v')
    while True:
        end = bundle.index('`', end + 1)
        before = bundle[:end]
        if (len(before) - len(before.rstrip('\\'))) % 2 == 0:
            return evaluate(driver, bundle[start:end + 1])


def show(driver, size):
    width, dark = SIZES[size]
    driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': [
        {'name': 'prefers-color-scheme',
         'value': 'dark' if dark else 'light'}]})
    driver.execute_cdp_cmd('Emulation.setDeviceMetricsOverride', {
        'width': width, 'height': 800, 'deviceScaleFactor': 1,
        'mobile': size == 'phone'})


def shoot(driver, name, size):
    folder = os.environ.get('SHOTS')
    if not folder:
        return
    width, height = SIZES[size][0], evaluate(
        driver, 'document.documentElement.scrollHeight')
    picture = driver.execute_cdp_cmd('Page.captureScreenshot', {
        'captureBeyondViewport': True, 'clip': {
            'x': 0, 'y': 0, 'width': width, 'height': height, 'scale': 1}})
    with open(f'{folder}/{name}-{size}.png', 'wb') as file:
        file.write(base64.b64decode(picture['data']))
    if size == 'desk':
        paper = driver.execute_cdp_cmd('Page.printToPDF', {
            'printBackground': True, 'preferCSSPageSize': True,
            'paperWidth': 8.27, 'paperHeight': 11.69})
        with open(f'{folder}/{name}.pdf', 'wb') as file:
            file.write(base64.b64decode(paper['data']))


def barriers(driver, axe):
    """What axe finds."""
    evaluate(driver, axe)
    found = json.loads(evaluate(
        driver, 'axe.run().then(r => JSON.stringify(r.violations))'))
    for kind in found:
        for node in kind['nodes']:
            yield f"{kind['id']}: {node['html'][:200]}"


def complaints(driver, axe):
    """What is wrong with the page that is shown."""
    seen, inner = evaluate(
        driver, '[document.documentElement.scrollWidth, innerWidth]')
    if seen > inner:
        yield f'{seen - inner} pixels wider than the window'
    # The browser asks every server for an icon.
    for entry in driver.get_log('browser'):
        if 'favicon' not in entry['message']:
            yield entry['message']
    yield from barriers(driver, axe)


def look():
    wrong = 0
    with browser() as driver:
        axe = axe_source(driver)
        driver.get('data:text/html,<p style="color:%23888">some words<img src=x>')
        found = {what.split(':')[0] for what in barriers(driver, axe)}
        if not {'image-alt', 'html-has-lang', 'color-contrast'} <= found:
            print(f'axe does not see what is there, only {found}')
            return 1
        driver.get_log('browser')
        for line in sys.stdin:
            name, url = line.rstrip('\n').split('\t')
            for size in SIZES:
                show(driver, size)
                driver.get(url)
                for complaint in complaints(driver, axe):
                    print(f'{name}, {size}: {complaint}')
                    wrong += 1
                shoot(driver, name, size)
    return wrong


def notice(driver):
    """What the page says of the answer, once it is there."""
    return WebDriverWait(driver, 60).until(
        lambda d: d.find_elements(By.CSS_SELECTOR, '.notice h2'))[0].text


def answer(url, words='Très bien.\nMerci à l’équipe 😀'):
    with browser() as driver:
        show(driver, 'phone')
        driver.get(url)
        form = driver.find_element(By.TAG_NAME, 'form')
        # By keyboard alone.
        degree = form.find_element(By.CSS_SELECTOR, '[name=degree]')
        degree.send_keys(Keys.ARROW_DOWN)
        if not degree.find_element(
                By.XPATH, './../following-sibling::label/input'
        ).is_selected():
            print('arrow keys do not choose')
            return 1
        evaluate(driver, 'document.querySelector("textarea").value = '
                 + json.dumps(words))
        form.find_element(By.TAG_NAME, 'button').send_keys(Keys.ENTER)
        print(notice(driver))
        print(driver.current_url)
        if driver.find_elements(By.TAG_NAME, 'form'):
            print('asked again')
            return 1
    return 0


if __name__ == '__main__':
    acts = {'look': look, 'answer': answer}
    sys.exit(1 if acts[sys.argv[1]](*sys.argv[2:]) else 0)
