using System.Net;
using Microsoft.Extensions.Configuration;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Gateway.Options;
using OmniIoT.Host;
using OmniIoT.Telemetry.Sqlite;

namespace OmniIoT.Api.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Nothing_set_gives_the_contracts_defaults()
    {
        HostSettings settings = Read();

        Assert.Equal("data", settings.DataDirectory);
        Assert.Equal((5080, 1883), (settings.HttpPort, settings.MqttPort));
        Assert.Null(settings.MqttTlsPort);
        Assert.Equal(IPAddress.Loopback, settings.Bind);
        Assert.Null(settings.ApiKey);
        Assert.Null(settings.TracingEndpoint);
        Assert.False(settings.Mqtt.AllowAnonymous);
        Assert.False(settings.Dashboard);
        Assert.Equal(new OfferSettings(), settings.Offers);
        Assert.Equal(
            (TimeSpan.FromSeconds(60), TimeSpan.FromHours(4), 90.0),
            (settings.Visits.ExitAfter, settings.Visits.SilentAfter, settings.Visits.MaxSpeedMetersPerSecond)
        );
        Assert.Equal(
            ("omniiot", true, TimeSpan.FromSeconds(2)),
            (settings.Sparkplug.HostId, settings.Sparkplug.AutoRegister, settings.Sparkplug.Nodes.ReorderWait)
        );
    }

    [Theory]
    [InlineData("Mqtt:Port", "99999", "a whole number from 0 to 65535")]
    [InlineData("Http:Port", "abc", "a whole number from 0 to 65535")]
    [InlineData("Mqtt:AllowAnonymous", "yes", "true or false")]
    [InlineData("Mqtt:ProxyProtocol", "2", "true or false")]
    [InlineData("Cluster:Dashboard", "on", "true or false")]
    [InlineData("TrustedProxies", "balancer", "addresses and networks with commas between them, such as 10.0.0.5,10.1.0.0/16")]
    [InlineData("Mqtt:Origins", "shop.example", "origins with commas between them, such as https://app.example,https://shop.example")]
    [InlineData(
        "Mqtt:Origins",
        "https://shop.example/",
        "origins with commas between them, such as https://app.example,https://shop.example"
    )]
    [InlineData("Mqtt:Origins", "ftp://shop.example", "origins with commas between them, such as https://app.example,https://shop.example")]
    [InlineData(
        "Mqtt:Origins",
        "https://me@shop.example",
        "origins with commas between them, such as https://app.example,https://shop.example"
    )]
    [InlineData("Mqtt:ClientAuthorities", "/nowhere.pem", "the path of a PEM file that exists")]
    [InlineData("Mqtt:Limits:Connections", "0", "a whole number from 1 to 2147483647")]
    [InlineData("Mqtt:Limits:TopicLevels", "4", "a whole number from 5 to 65535")]
    [InlineData("Mqtt:Limits:ConnectTime", "1ms", "a number and one of ms, s, m, h, d, as 30s, from 00:00:01 to 01:00:00")]
    [InlineData("Bind", "nowhere", "an IP address, such as 127.0.0.1 or 0.0.0.0")]
    [InlineData("Offers:QuietHours", "at night", "hours such as 21:00-09:00, or nothing for none")]
    [InlineData("Visits:ExitAfter", "60", "a number and one of ms, s, m, h, d, as 30s, or hh:mm:ss")]
    [InlineData("Visits:MaxSpeed", "0", "a whole number from 1 to 10000")]
    [InlineData("Sparkplug:HostId", "a/b", "1 to 128 characters of A-Z a-z 0-9 . _ : -")]
    [InlineData("Sparkplug:ReorderWait", "5m", "a number and one of ms, s, m, h, d, as 30s, from 00:00:00 to 00:01:00")]
    [InlineData("Mqtt:Certificate", "/nowhere.pem", "the path of a PEM file that exists")]
    [InlineData("Tracing:Endpoint", "127.0.0.1:4318", "a URL such as http://127.0.0.1:4318")]
    public void A_wrong_setting_is_told_in_one_line_with_key_value_and_what_is_allowed(string key, string value, string allowed)
    {
        WrongSettingException error = Assert.Throws<WrongSettingException>(() => Read((key, value)));

        Assert.Equal($"OmniIoT:{key} is '{value}'; allowed is {allowed}.", error.Message);
    }

    [Fact]
    public void Every_wrong_setting_is_named_and_nothing_is_said_of_what_follows_from_one()
    {
        WrongSettingException error = Assert.Throws<WrongSettingException>(() =>
            Read(("Mqtt:TlsPort", "8883"), ("Mqtt:Certificate", "/nowhere.pem"), ("Http:Port", "abc"), ("Mqtt:Prot", "1883"))
        );

        Assert.Equal(
            ["OmniIoT:Http:Port", "OmniIoT:Mqtt:Certificate", "OmniIoT:Mqtt:Prot"],
            error.Message.Split(Environment.NewLine).Select(line => line[..line.IndexOf(" is '", StringComparison.Ordinal)]).Order()
        );
    }

    [Fact]
    public void Origins_are_taken_as_people_and_as_browsers_write_them()
    {
        const string written =
            "https://app.example:443, HTTPS://Shop.Example,http://bücher.example:8080,http://xn--bcher-kva.example,http://[::1]";

        Assert.Equal(
            [
                new PageOrigin("https", "app.example", 443),
                new PageOrigin("https", "shop.example", 443),
                new PageOrigin("http", "xn--bcher-kva.example", 8080),
                new PageOrigin("http", "xn--bcher-kva.example", 80),
                new PageOrigin("http", "::1", 80),
            ],
            Read(("Mqtt:Origins", written)).MqttOrigins
        );
    }

    [Fact]
    public void How_visits_end_and_what_is_too_fast_can_be_set()
    {
        HostSettings settings = Read(("Visits:ExitAfter", "2m"), ("Visits:SilentAfter", "1h"), ("Visits:MaxSpeed", "300"));

        Assert.Equal(
            (TimeSpan.FromMinutes(2), TimeSpan.FromHours(1), 300.0),
            (settings.Visits.ExitAfter, settings.Visits.SilentAfter, settings.Visits.MaxSpeedMetersPerSecond)
        );
    }

    [Fact]
    public void Limits_are_set_one_by_one_over_those_of_the_mode()
    {
        HostSettings settings = Read(
            ("Mqtt:AllowAnonymous", "true"),
            ("Mqtt:Limits:Connections", "7"),
            ("Mqtt:Limits:BadSignInPause", "5m")
        );

        Assert.Equal((7, TimeSpan.FromMinutes(5)), (settings.Mqtt.MaximumConnections, settings.Mqtt.BadSignInPause));
        Assert.Equal(MqttGatewayOptions.Laboratory.MaximumPacketSize, settings.Mqtt.MaximumPacketSize);
    }

    [Fact]
    public void A_setting_that_nobody_knows_is_refused()
    {
        WrongSettingException error = Assert.Throws<WrongSettingException>(() => Read(("Mqtt:Prot", "1883")));

        Assert.StartsWith(
            "OmniIoT:Mqtt:Prot is '1883'; allowed is nothing: there is no such setting; the nearest is OmniIoT:Mqtt:Port,",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_help_tells_of_all_settings_that_are_read_and_of_no_other() =>
        Assert.Equal(
            SettingsReader.Keys.Order(StringComparer.Ordinal),
            Setting.All.Select(setting => setting.Key).Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData(
        "--dmeo",
        "The argument is '--dmeo'; allowed is --demo, --help, --version, backup, restore, audit verify, or a setting",
        "the nearest is --demo."
    )]
    [InlineData(
        "demo",
        "The argument is 'demo'; allowed is --demo, --help, --version, backup, restore, audit verify, or a setting",
        "the nearest is --demo."
    )]
    [InlineData(
        "--OmniIoT:Http:Prot=7",
        "OmniIoT:Http:Prot is '7'; allowed is nothing",
        "the nearest is OmniIoT:Http:Port, --help tells all."
    )]
    [InlineData("--OmniIoT:Http:Port", "--OmniIoT:Http:Port is ''; allowed is a value", "a value behind it.")]
    [InlineData("--demo=no", "", ".")]
    public void An_argument_that_nobody_knows_is_told_in_one_line_with_what_is_meant(string argument, string begins, string ends)
    {
        string line = Assert.Throws<WrongSettingException>(() => CommandLine.Parse([argument])).Message;

        Assert.StartsWith(begins, line, StringComparison.Ordinal);
        Assert.EndsWith(ends, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Theory]
    [InlineData("--omniiot:http:port=7", "OmniIoT:Http:Port", "7")]
    [InlineData("--OmniIoT:Api:Key=", "OmniIoT:Api:Key", "")]
    [InlineData("--OmniIoT:Api:Key=@file=x", "OmniIoT:Api:Key", "@file=x")]
    [InlineData("--OmniIoT:Offers:QuietHours=21:00-09:00", "OmniIoT:Offers:QuietHours", "21:00-09:00")]
    [InlineData("--Logging:LogLevel:Default=Debug", "Logging:LogLevel:Default", "Debug")]
    public void A_setting_is_taken_with_its_value_as_it_stands(string argument, string key, string value) =>
        Assert.Equal([KeyValuePair.Create(key, (string?)value)], CommandLine.Parse([argument]).Settings);

    [Fact]
    public void Of_a_setting_that_is_said_twice_the_later_wins() =>
        Assert.Equal("2", CommandLine.Parse(["--OmniIoT:Http:Port=1", "--OmniIoT:Http:Port", "2"]).Settings[^1].Value);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--version")]
    public void Who_asks_is_answered_instead_of_a_start(string argument) => Assert.NotNull(CommandLine.Parse([argument]).Answer);

    [Fact]
    public void Other_machines_are_let_in_only_with_a_key_of_ones_own()
    {
        Assert.Throws<WrongSettingException>(() => Read(("Bind", "0.0.0.0")));
        Assert.Equal(IPAddress.Any, Read(("Bind", "0.0.0.0"), ("Api:Key", "0f1e2d3c4b5a69788796a5b4c3d2e1f0")).Bind);
    }

    [Theory]
    [InlineData("my-own")]
    [InlineData("0f1e2d3c4b5a69788796a5b4c3d2e1f")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("key-of-the-tests")]
    public void A_key_that_can_be_guessed_is_for_this_machine_alone(string key)
    {
        string line = Assert.Throws<WrongSettingException>(() => Read(("Bind", "0.0.0.0"), ("Api:Key", key))).Message;

        Assert.StartsWith("OmniIoT:Api:Key is '***'; allowed is a key of 128 bits", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.Equal(key, Read(("Api:Key", key)).ApiKey);
    }

    [Theory]
    [InlineData("0f1e2d3c4b5a69788796a5b4c3d2e1f0")]
    [InlineData("aF3kL9-xYz_0QwErTy1234")]
    public void A_key_of_chance_may_be_for_others(string key) => Assert.Equal(key, Read(("Bind", "0.0.0.0"), ("Api:Key", key)).ApiKey);

    [Fact]
    public void Empty_quiet_hours_are_none()
    {
        Assert.Null(Read(("Offers:QuietHours", "")).Offers.QuietHours);
        Assert.NotNull(Read().Offers.QuietHours);
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("00:00:30", 30)]
    [InlineData("1.5m", 90)]
    public void Durations_are_read_in_both_notations(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read(("Visits:ExitAfter", text)).Visits.ExitAfter);

    /// <summary>Who writes a default down gets what who says nothing gets.</summary>
    [Fact]
    public void The_help_names_the_defaults()
    {
        const string Retention = "OmniIoT:Telemetry:Retention";
        string[] made = ["unset", "generated", "secrets.key"];

        foreach ((string key, string value) in Help().Where(setting => !made.Contains(setting.Default) && setting.Key != Retention))
            Assert.Equal((key, Read().ToString()), (key, Read((key["OmniIoT:".Length..], value)).ToString()));
        // The store's own.
        Assert.Contains((Retention, "400d"), Help());
        Assert.Equal(TimeSpan.FromDays(400), new SqliteTelemetryOptions { Directory = "x" }.Retention);
    }

    [Fact]
    public void Nothing_is_demonstrated_unasked() => Assert.False(CommandLine.Parse(["--OmniIoT:Http:Port=7"]).Demo);

    [Fact]
    public void Of_a_setting_that_is_said_twice_the_later_counts()
    {
        CommandLine commandLine = CommandLine.Parse(["--OmniIoT:Http:Port=7", "--OmniIoT:Data:Directory", "d", "--omniiot:http:port", "8"]);

        Assert.Equal((8, "d"), Both(SettingsReader.Read(OmniHost.Configure(commandLine))));

        static (int, string) Both(HostSettings settings) => (settings.HttpPort, settings.DataDirectory);
    }

    [Fact]
    public void Flags_do_not_swallow_what_follows()
    {
        CommandLine commandLine = CommandLine.Parse(["--demo", "--OmniIoT:Http:Port", "7", "--OmniIoT:Mqtt:Port=8"]);

        Assert.True(commandLine.Demo);
        Assert.Equal(
            [KeyValuePair.Create("OmniIoT:Http:Port", (string?)"7"), KeyValuePair.Create("OmniIoT:Mqtt:Port", (string?)"8")],
            commandLine.Settings
        );
    }

    /// <summary>The settings that the help lists, with their defaults.</summary>
    private static IEnumerable<(string Key, string Default)> Help() => Setting.All.Select(setting => (setting.Key, setting.Default));

    private static HostSettings Read(params (string Key, string Value)[] settings) =>
        SettingsReader.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("OmniIoT:" + setting.Key, (string?)setting.Value)))
                .Build()
        );
}
