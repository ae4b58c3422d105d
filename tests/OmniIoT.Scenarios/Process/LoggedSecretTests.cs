using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>However much is logged, no secret and nothing that people write is in it.</summary>
public sealed class LoggedSecretTests
{
    private const string Marked = "mark-of-what-nobody-may-read";

    [Theory]
    [InlineData("Information")]
    [InlineData("Trace")]
    public async Task Neither_secrets_nor_words_are_logged(string level)
    {
        await using HostProcess host = await HostProcess.StartAsync(
            null,
            $"--Logging:LogLevel:Default={level}",
            $"--Logging:LogLevel:OmniIoT={level}"
        );
        List<string> secrets = [Marked, HostProcess.ApiKey];

        await host.Api.PutAsync("models/lamp", """{ "metrics": { "note": {} }, "commands": { "show": {} } }""");
        secrets.Add(await AgentAsync(host));
        await WrongSignInAsync(host);
        secrets.AddRange(await CustomerAsync(host));
        secrets.Add((string)(await host.Api.PutAsync("devices/lamp-1", $$"""{ "model": "lamp", "name": "{{Marked}}" }"""))["secret"]!);
        await host.Api.PostAsync("devices/lamp-1/commands", $$"""{ "name": "show", "arguments": { "text": "{{Marked}}" } }""");
        await host.Api.PostAsync("devices/lamp-1/messages", $$"""{ "payload": { "text": "{{Marked}}" } }""");
        secrets.Add((string)(await host.Api.PostAsync("devices/lamp-1/claim-code"))["code"]!);
        secrets.Add((string)(await host.Api.PutAsync("enrollments/e1", """{ "model": "lamp" }"""))["key"]!);
        await RefusedAsync(host);
        await host.StopAsync();

        Assert.Contains("[1702]", host.Output, StringComparison.Ordinal);
        Assert.Contains("[1707]", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secrets, secret => host.Output.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string> AgentAsync(HostProcess host)
    {
        await host.Api.PutAsync("agents/ann", $$"""{ "role": "admin", "password": "{{Marked}} 1" }""");
        JsonNode session = await host.Api.PostAsync("session", $$"""{ "user": "ann", "password": "{{Marked}} 1" }""");
        return (string)session["token"]!;
    }

    private static async Task WrongSignInAsync(HostProcess host) =>
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await host.Api.StatusAsync(HttpMethod.Post, "session", $$"""{ "user": "ann", "password": "{{Marked}} 2" }""")
        );

    private static async Task<IReadOnlyList<string>> CustomerAsync(HostProcess host)
    {
        await host.Api.PutAsync(
            "customers/c1",
            $$"""{ "name": "{{Marked}}", "identities": [{ "type": "email", "value": "{{Marked}}@b.az" }] }"""
        );
        await host.Api.PostAsync(
            "customers/c1/timeline",
            $$"""{ "kind": "note.added", "title": "{{Marked}}", "data": { "text": "{{Marked}}" } }"""
        );
        return [(string)(await host.Api.PostAsync("customers/c1/app-token"))["token"]!];
    }

    private static async Task RefusedAsync(HostProcess host)
    {
        using HttpClient stranger = new() { BaseAddress = host.Api.BaseAddress };
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Marked);
        Assert.Equal(HttpStatusCode.Unauthorized, await stranger.StatusAsync(HttpMethod.Get, "devices"));
    }
}
