package dev.sluice.browser;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard of a server in a browser, by what a reader does with it. */
final class DashboardPage {
    private static final String ROWS = "#request-rows tr";

    private final Chromium chromium;
    private final SluiceProcess sluice;

    DashboardPage(Chromium chromium, SluiceProcess sluice) {
        this.chromium = chromium;
        this.sluice = sluice;
    }

    /** Opens it, and waits until it shows what happens. */
    void open() {
        chromium.open(sluice.admin("/"));
        live();
    }

    /** Waits until figures and requests come in. */
    void live() {
        chromium.seen("#state[data-state=ready]");
        chromium.seen("#feed-state[data-state=live]");
    }

    /** The row of a request in the live table, when it is there. */
    WebElement row(Told told) {
        return chromium.seen(ROWS + "[data-request-id='" + told.id() + "']");
    }

    /** The row of the newest request of a path, when there is one. */
    WebElement row(String path) {
        return chromium.seen(row(path, ""));
    }

    static String row(String path, String more) {
        return ROWS + "[data-path='" + path + "']" + more;
    }

    /** What the rows that are there say of their requests in an attribute. */
    List<String> shown(String attribute) {
        return chromium.all(ROWS).stream()
                .map(row -> row.getDomAttribute(attribute))
                .toList();
    }

    /** Opens a request's details. */
    void details(String path) {
        row(path).findElement(By.tagName("button")).click();
        chromium.seen("#detail[open]");
    }

    /** Clicks where something is asked before it is done, and gives the question. */
    String ask(WebElement button) {
        reveal(button);
        button.click();
        return chromium.seen("#confirm[open]").getText();
    }

    void confirm() {
        chromium.find("#confirm-yes").click();
        chromium.unseen("#confirm");
    }

    void cancel() {
        chromium.find("#confirm-no").click();
        chromium.unseen("#confirm");
    }

    /** What came of an action, when it is told. */
    String outcome(String action, String result) {
        return chromium.seen("#outcome[data-action='" + action + "'][data-result='" + result + "']")
                .getText();
    }

    /** Puts a text in place of another. */
    void type(String field, String text) {
        WebElement element = chromium.find(field);
        element.clear();
        element.sendKeys(text);
    }

    void submit(String button) {
        WebElement element = chromium.find(button);
        reveal(element);
        element.click();
    }

    void press(CharSequence... keys) {
        chromium.driver().switchTo().activeElement().sendKeys(keys);
    }

    void escape() {
        press(Keys.ESCAPE);
    }

    private void reveal(WebElement element) {
        chromium.driver().executeScript("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
    }
}
