using System.Net;
using System.Net.WebSockets;

namespace OmniIoT.Api.Tests;

/// <summary>Whose pages may speak MQTT from somebody's browser.</summary>
public sealed class MqttOriginTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("https://app.example")]
    [InlineData("https://elsewhere.example")]
    public async Task Anybodys_while_none_is_named(string? origin)
    {
        await using RunningHost host = await StartAsync();

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await AskAsync(host, "mqtt", origin));
    }

    /// <summary>A program names no origin, and has no browser in which a stranger's page could use it.</summary>
    [Theory]
    [InlineData("mqtt", null, HttpStatusCode.SwitchingProtocols)]
    [InlineData("mqtt", "https://app.example", HttpStatusCode.SwitchingProtocols)]
    [InlineData("mqtt", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "http://app.example", HttpStatusCode.Forbidden)]
    [InlineData("mqtt", "null", HttpStatusCode.Forbidden)]
    [InlineData("$iothub/websocket", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    public async Task Of_those_that_are_named_the_others_are_refused(string path, string? origin, HttpStatusCode status)
    {
        await using RunningHost host = await StartAsync("https://app.example", "https://shop.example");

        Assert.Equal(status, await AskAsync(host, path, origin));
    }

    private static async Task<RunningHost> StartAsync(params string[] origins)
    {
        RunningHost host = new(settings => settings with { MqttOrigins = origins });
        await host.InitializeAsync();
        return host;
    }

    private static async Task<HttpStatusCode> AskAsync(RunningHost host, string path, string? origin)
    {
        using ClientWebSocket socket = new() { Options = { CollectHttpResponseDetails = true } };
        socket.Options.AddSubProtocol("mqtt");
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
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
}
