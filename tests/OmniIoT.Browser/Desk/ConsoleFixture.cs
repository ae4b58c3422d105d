using Microsoft.Playwright;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Browser.Desk;

/// <summary>One running host and one browser for all tests; each test has devices, people and browser contexts of its own.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    public const string Agent = "nigar";
    public const string Password = "a password of the tests";

    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    public HostProcess Host { get; private set; } = null!;

    /// <summary>Ends with a slash.</summary>
    public string Address => $"http://127.0.0.1:{Host.HttpPort}/";

    public IBrowser Browser => _browser!;

    /// <summary>The agent whom the tests sign in, unless they say another.</summary>
    public SignedInAgent Session { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            _missing = $"{Chromium} is not installed; tests/install-servers.sh installs it.";
            return;
        }
        Task<IBrowser> browser = LaunchAsync();
        Host = await HostProcess.StartAsync();
        _browser = await browser;
        if (!await HasConsoleAsync())
        {
            _missing = "The host serves no console: Node.js was missing when it was built.";
            return;
        }
        Session = await SessionOfAsync(Agent, "admin");
    }

    /// <summary>Makes somebody with the role, and signs them in.</summary>
    public async Task<SignedInAgent> SessionOfAsync(string user, string role)
    {
        string name = char.ToUpperInvariant(user[0]) + user[1..];
        await Host.Api.PutAsync($"agents/{user}", $$"""{ "name": "{{name}}", "role": "{{role}}", "password": "{{Password}}" }""");
        return await SignedInAgent.SignInAsync(new Uri(Address), user, Password);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Host is not null)
            await Host.DisposeAsync();
    }

    /// <summary>
    /// Skips the test where its programs are missing; fails it where <c>OMNIIOT_REQUIRE_SERVERS=1</c> says that they are there.
    /// </summary>
    public void Require()
    {
        if (_missing is null)
            return;
        Assert.False(Environment.GetEnvironmentVariable("OMNIIOT_REQUIRE_SERVERS") == "1", _missing);
        Assert.Skip(_missing);
    }

    private async Task<IBrowser> LaunchAsync()
    {
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Args = Arguments,
                Headless = true,
            }
        );
    }

    /// <summary>Whether the host serves the application's page, not the one that says that it was not built.</summary>
    private async Task<bool> HasConsoleAsync() =>
        (await Host.Api.GetStringAsync(new Uri(Address))).Contains("id=\"root\"", StringComparison.Ordinal);
}

/// <summary>Tests that share the host and the browser, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleFixture>
{
    public const string Name = "Console";
}
