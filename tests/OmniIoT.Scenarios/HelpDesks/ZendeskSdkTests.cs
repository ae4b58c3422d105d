using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Scenarios.HelpDesks;

/// <summary>An agent's program, built on <c>node-zendesk</c> from npm, works in the same help desk as the platform.</summary>
public sealed class ZendeskSdkTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OmniIoT.Scenarios", "HelpDesks");

    [Fact]
    public async Task What_a_program_of_the_help_desk_does_comes_to_the_case_and_what_it_begins_is_one()
    {
        await using ZendeskServer desk = new("us@example.com", "token");
        await using HostProcess host = await HostProcess.StartAsync(null, "--OmniIoT:Webhooks:AllowPrivate=true");
        await host.Api.PutAsync("customers/ann", """{"name":"Ann","identities":[{"type":"email","value":"ann@example.com"}]}""");
        await host.Api.PutAsync(
            "integrations/desk",
            $$"""{"type":"zendesk","endpoint":"{{desk.Endpoint}}","credentials":{"user":"us@example.com","token":"token"},"pollSeconds":1}"""
        );
        JsonNode opened = await host.Api.PostAsync("cases", """{"customerId":"ann","title":"It leaks"}""");
        string tag = $"omniiot-case-{opened["number"]}";
        await Awaited.Seen(() => Task.FromResult(desk.Tickets is [var first, ..] ? first : null), "ticket at the help desk");

        await using LineProcess program = await NpmProject.StartAsync(Folder, "desk.js", desk.Endpoint, "us@example.com", "token", tag);
        int ended = await program.ExitAsync("the program", Awaited.Patience);
        JsonNode pending = await host.Api.SeenAsync($"cases/{opened["id"]}", one => (string?)one["status"] == "pending", "pending case");
        JsonNode begun = await host.Api.SeenAsync("cases?q=heat", list => list["items"]!.AsArray().Count == 1, "case that began there");

        Assert.True(ended == 0, string.Join('\n', program.Lines));
        JsonNode shown = StepOf(program, "shown");
        Assert.Equal(("It leaks", "open"), ((string?)shown["subject"], (string?)shown["status"]));
        Assert.Equal("Is it the hose?", (string?)StepOf(program, "comments")[1]!["body"]);
        Assert.NotNull(pending);
        Assert.Equal("No heat", (string?)begun["items"]![0]!["title"]);
        Assert.Equal(2, desk.Tickets.Count);
        Assert.Empty(host.Errors);
    }

    private static JsonNode StepOf(LineProcess program, string step) =>
        program
            .Lines.Where(static line => line.StartsWith('{'))
            .Select(static line => JsonNode.Parse(line)!)
            .First(one => (string?)one["step"] == step)["value"]!;
}
