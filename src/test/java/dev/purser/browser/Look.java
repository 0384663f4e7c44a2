package dev.purser.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/** What a page is looked at with. */
enum Look {
    DESKTOP_LIGHT(1_280, 900, ColorScheme.LIGHT),
    DESKTOP_DARK(1_280, 900, ColorScheme.DARK),
    PHONE_LIGHT(390, 844, ColorScheme.LIGHT),
    PHONE_DARK(390, 844, ColorScheme.DARK);

    private static final int WIDEST_PHONE = 500;

    private final int width;
    private final int height;
    private final ColorScheme colours;

    Look(int width, int height, ColorScheme colours) {
        this.width = width;
        this.height = height;
        this.colours = colours;
    }

    Browser.NewContextOptions options() {
        boolean phone = width < WIDEST_PHONE;
        return new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours)
                .setIsMobile(phone).setHasTouch(phone).setDeviceScaleFactor(phone ? 2 : 1)
                .setLocale("en-GB").setTimezoneId("UTC")
                // What fades in would be judged half seen.
                .setReducedMotion(ReducedMotion.REDUCE);
    }
}
