using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>One's own password, second factor and sessions.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class AccountTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    [Theory]
    [InlineData("light", "en", 1280)]
    [InlineData("dark", "ar", 390)]
    public async Task A_second_factor_is_set_up_asked_for_and_switched_off(string scheme, string language, int width)
    {
        OpenPage desk = await OpenAccountAsync($"factor-{language}", scheme, language, width);
        await desk.ClickAsync("factor-begin");
        string secret = await desk.Handle("factor-secret").InputValueAsync();
        await desk.ExpectAsync(desk.Handle("qr-code"), "the key as a code to scan");
        await desk.FillAsync("factor-password", "not the password");
        await desk.FillAsync("factor-code", "abc");
        await desk.ClickAsync("factor-submit");
        await Expect(desk.Handle("factor-password")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.FillAsync("factor-password", ConsoleFixture.Password);
        await desk.ClickAsync("factor-submit");
        await Expect(desk.Handle("factor-code")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.AssertAccessibleAsync();
        await desk.FillAsync("factor-code", CodeOf(secret, TimeProvider.System.GetUtcNow()));
        await desk.ClickAsync("factor-submit");
        string[] recovery = (await desk.Handle("recovery-codes").InnerTextAsync()).Split('\n');
        Assert.Equal(10, recovery.Length);
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();

        await SignOutAsync(desk);
        await SignInAsync(desk, $"factor-{language}");
        await desk.ExpectAsync(desk.Handle("signin-code"), "the question for a code");
        await desk.AssertAccessibleAsync();
        await desk.FillAsync("signin-code", "wrong");
        await desk.ClickAsync("signin-submit");
        await Expect(desk.Handle("signin-code")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.FillAsync("signin-code", recovery[0]);
        await desk.ClickAsync("signin-submit");
        await desk.ExpectLiveAsync();

        await desk.Page.GotoAsync("/me");
        await desk.FillAsync("factor-code", recovery[1]);
        await desk.ClickAsync("factor-submit");
        await desk.ExpectAsync(desk.Handle("factor-begin"), "that it is off");
        Host.HasNoErrors();
    }

    [Fact]
    public async Task A_password_is_changed_and_sessions_are_ended()
    {
        const string New = "a heron over quiet water";
        OpenPage desk = await OpenAccountAsync("renewing", "light", "en", 1280);
        await SignedInAgent.SignInAsync(new Uri(Fixture.Address), "renewing", ConsoleFixture.Password);
        await desk.Page.ReloadAsync();
        await Expect(desk.Handle("session-row")).ToHaveCountAsync(2);
        await desk.ClickAsync("session-end");
        await Expect(desk.Handle("session-row")).ToHaveCountAsync(1);

        await desk.FillAsync("password-current", "not it at all");
        await desk.FillAsync("password-new", New);
        await desk.ClickAsync("password-save");
        await desk.ExpectAsync(desk.Page.GetByText("This is not your password."), "that the password is wrong");
        await desk.FillAsync("password-current", ConsoleFixture.Password);
        await desk.ClickAsync("password-save");
        await desk.ExpectTextAsync("password-changed", "Changed.");
        await desk.AssertAccessibleAsync();
        await SignedInAgent.SignInAsync(new Uri(Fixture.Address), "renewing", New);
        Host.HasNoErrors();
    }

    private async Task<OpenPage> OpenAccountAsync(string user, string scheme, string language, int width)
    {
        await Host.Api.PutAsync($"agents/{user}", $$"""{ "name": "Own", "role": "agent", "password": "{{ConsoleFixture.Password}}" }""");
        OpenPage desk = await OpenStrangerAsync(
            new()
            {
                ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = new() { Width = width, Height = 844 },
            }
        );
        await desk.Page.GotoAsync($"/cases?lang={language}");
        await SignInAsync(desk, user);
        await desk.ExpectLiveAsync();
        await desk.ClickAsync("person-menu");
        await desk.ClickAsync("person-me");
        await desk.ExpectAsync(desk.Handle("session-row").First, "the sessions");
        return desk;
    }

    private static async Task SignInAsync(OpenPage desk, string user)
    {
        await desk.FillAsync("signin-user", user);
        await desk.FillAsync("signin-password", ConsoleFixture.Password);
        await desk.ClickAsync("signin-submit");
    }

    private static async Task SignOutAsync(OpenPage desk)
    {
        await desk.ClickAsync("person-menu");
        await desk.Page.GetByRole(AriaRole.Menuitem).Last.ClickAsync();
        await desk.ExpectAsync(desk.Handle("signin-user"), "the sign-in");
    }

    /// <summary>As an authenticator app makes it (RFC 6238).</summary>
    private static string CodeOf(string secret, DateTimeOffset at)
    {
        string bits = string.Concat(secret.Select(letter => Convert.ToString(Alphabet.IndexOf(letter), 2).PadLeft(5, '0')));
        byte[] key = [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
        byte[] counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What apps take is SHA-1.
        byte[] mac = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        int number = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0x0F)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
