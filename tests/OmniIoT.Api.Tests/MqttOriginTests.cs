using System.Net;
using System.Net.WebSockets;
using OmniIoT.Host;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Api.Tests;

/// <summary>Whose pages may speak MQTT from somebody's browser.</summary>
public sealed class MqttOriginTests(MqttOriginTests.NamingHost naming) : IClassFixture<MqttOriginTests.NamingHost>
{
    /// <summary>Says what the host answers to the sign-in; arguments are the port, the user and the password.</summary>
    private const string Paho = """
        import sys
        import paho.mqtt.client as mqtt
        client = mqtt.Client("page-less", transport="websockets")
        client.username_pw_set(sys.argv[2], sys.argv[3])
        client.ws_set_options(path="/mqtt")
        client.on_connect = lambda client, data, flags, code: (print("code", code, flush=True), client.disconnect())
        client.connect("127.0.0.1", int(sys.argv[1]))
        client.loop_forever()
        """;

    [Theory]
    [InlineData(null)]
    [InlineData("https://app.example")]
    [InlineData("https://elsewhere.example")]
    public async Task Anybodys_while_none_is_named(string? origin)
    {
        await using RunningHost host = new();
        await host.InitializeAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await AskAsync(host, "mqtt", origin));
    }

    /// <summary>Most programs name no origin, and have no browser in which a stranger's page could use it.</summary>
    [Theory]
    [InlineData("mqtt", null, HttpStatusCode.SwitchingProtocols)]
    [InlineData("mqtt", "https://app.example", HttpStatusCode.SwitchingProtocols)]
    [InlineData("mqtt", "https://xn--bcher-kva.example", HttpStatusCode.SwitchingProtocols)]
    [InlineData("mqtt", "https://app.example:8443", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "https://app.example.elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "https://app.example@elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "https://app.example, https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "file://app.example", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "http://app.example", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "null", HttpStatusCode.Forbidden)]
    [InlineData("$iothub/websocket", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    public async Task Of_those_that_are_named_the_others_are_refused(string path, string? origin, HttpStatusCode status)
    {
        Assert.Equal(status, await AskAsync(naming.Host, path, origin));
    }

    /// <summary>Pages of the host itself, and programs that name whom they connect to, by whatever scheme and port.</summary>
    [Theory]
    [InlineData(null, "https://127.0.0.1:{port}", HttpStatusCode.SwitchingProtocols)]
    [InlineData(null, "http://127.0.0.1:1", HttpStatusCode.SwitchingProtocols)]
    [InlineData(null, "https://127.0.0.2:{port}", HttpStatusCode.Forbidden)]
    [InlineData("iot.example", "https://iot.example", HttpStatusCode.SwitchingProtocols)]
    [InlineData("IOT.example:8080", "https://iot.example:8080", HttpStatusCode.SwitchingProtocols)]
    [InlineData("[::1]:8080", "http://[::1]:8080", HttpStatusCode.SwitchingProtocols)]
    [InlineData("iot.example", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("iot.example", "https://user@iot.example", HttpStatusCode.Forbidden)]
    [InlineData("iot.example", "ftp://iot.example", HttpStatusCode.Forbidden)]
    [InlineData("iot.example", "null", HttpStatusCode.Forbidden)]
    public async Task The_host_that_is_called_is_among_them(string? called, string origin, HttpStatusCode status)
    {
        string said = origin.Replace("{port}", $"{naming.Host.Http.BaseAddress!.Port}");

        Assert.Equal(status, await AskAsync(naming.Host, "mqtt", said, called));
    }

    /// <summary>It names <c>https://host:port</c> of whatever it connects to, over TLS or not.</summary>
    [Fact]
    public async Task A_client_of_Paho_signs_in()
    {
        string python = InstalledProgram.RequirePythonWithPaho();
        string secret = await naming.Host.SeedWasherAsync("washer-1", "aygun");

        await using LineProcess client = LineProcess.Start(python, "-c", Paho, $"{naming.Host.Http.BaseAddress!.Port}", "washer-1", secret);

        Assert.Equal("code 0", await client.SeenAsync(static line => line.StartsWith("code ", StringComparison.Ordinal), "answer"));
    }

    private static async Task<HttpStatusCode> AskAsync(RunningHost host, string path, string? origin, string? called = null)
    {
        using ClientWebSocket socket = new() { Options = { CollectHttpResponseDetails = true } };
        socket.Options.AddSubProtocol("mqtt");
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        if (called is not null)
            socket.Options.SetRequestHeader("Host", called);
        Uri address = new($"ws://127.0.0.1:{host.Http.BaseAddress!.Port}/{path}");
        try
        {
            await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // The status says it.
        }
        return socket.HttpStatusCode;
    }

    /// <summary>Pages of two names may speak MQTT with it.</summary>
    public sealed class NamingHost : IAsyncLifetime
    {
        public RunningHost Host { get; } =
            new(settings =>
                settings with
                {
                    MqttOrigins = [PageOrigin.TryParse("https://app.example:443")!, PageOrigin.TryParse("https://bücher.example")!],
                }
            );

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
