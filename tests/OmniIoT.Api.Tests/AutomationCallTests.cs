using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>Canned replies, macros and triggers, as agents and programs use them.</summary>
public sealed class AutomationCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Model = """
        {"name":"Auto","metrics":{"temperature":{"unit":"Cel"}},"commands":{"restart":{}}}
        """;

    [Fact]
    public async Task A_reply_is_stored_found_by_its_shortcut_and_filled()
    {
        JsonNode talk = await BeginAsync("auto-reply");
        Answer put = await host.PutAsync(
            "replies/auto-hello",
            """{"title":"Greeting of the house","text":"Dear {{customer.name}}, {{agent.name}}!","shortcut":"hellothere"}"""
        );

        Answer found = await host.GetAsync("replies?q=hellothe");
        Answer filled = await host.GetAsync($"conversations/{talk["id"]}/replies/auto-hello");
        Answer nothing = await host.GetAsync($"conversations/{talk["id"]}/replies/nothing");

        Assert.Equal(HttpStatusCode.Created, put.Status);
        Assert.Equal("auto-hello", (string?)Assert.Single(found.Items)!["id"]);
        Assert.Equal("Dear auto-reply, !", (string?)filled.Json!["text"]);
        Assert.Equal(HttpStatusCode.NotFound, nothing.Status);
    }

    [Fact]
    public async Task A_macro_answers_notes_resolves_and_commands_the_device()
    {
        JsonNode @case = await CaseAsync("auto-all");
        await host.PutAsync(
            "replies/auto-canned",
            """{"title":"Restarting","text":"We restart {{device.name}} for case {{case.number}}."}"""
        );
        await host.PutAsync(
            "macros/auto-all",
            """
            {"title":"All","actions":[{"reply":"auto-canned"},{"note":"As agreed"},{"set":{"priority":"urgent"}},{"command":{"name":"restart"}}]}
            """
        );

        Answer done = await host.PostAsync($"cases/{@case["id"]}/macros/auto-all");

        Assert.Equal(HttpStatusCode.OK, done.Status);
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?customerId=auto-all")).Items)!;
        JsonArray said = (await host.GetAsync($"conversations/{talk["id"]}")).Json!["messages"]!.AsArray();
        Assert.Equal($"We restart auto-all for case {@case["number"]}.", (string?)said[^1]!["text"]);
        await SeenAsync($"cases/{@case["id"]}", json => (string?)json["priority"] == "urgent");
        await SeenAsync("devices/auto-all/commands", json => json["items"]!.AsArray().Count == 1);
        await SeenAsync(
            $"cases/{@case["id"]}/timeline",
            json => json["items"]!.AsArray().Any(entry => (string?)entry!["text"] == "As agreed")
        );
    }

    [Fact]
    public async Task A_macro_that_cannot_be_done_whole_does_nothing()
    {
        JsonNode @case = await CaseAsync("auto-none");
        await host.PutAsync(
            "macros/auto-none",
            """{"title":"None","actions":[{"set":{"priority":"urgent"}},{"note":"n"},{"command":{"name":"fly"}}]}"""
        );

        Answer refused = await host.PostAsync($"cases/{@case["id"]}/macros/auto-none");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        JsonNode left = (await host.GetAsync($"cases/{@case["id"]}")).Json!;
        Assert.Equal(((string?)@case["priority"], (int?)@case["version"]), ((string?)left["priority"], (int?)left["version"]));
        Assert.DoesNotContain((await host.GetAsync($"cases/{@case["id"]}/timeline")).Items, entry => (string?)entry!["text"] == "n");
    }

    [Fact]
    public async Task A_macro_ends_a_conversation_with_its_case()
    {
        JsonNode @case = await CaseAsync("auto-end");
        JsonNode talk = await BeginAsync("auto-end");
        await host.SendAsync(HttpMethod.Patch, $"conversations/{talk["id"]}", $$"""{"caseId":"{{@case["id"]}}"}""");
        await host.PutAsync("macros/auto-end", """{"title":"End","actions":[{"reply":"Goodbye"},{"resolve":"It was the plug"}]}""");

        Answer done = await host.PostAsync($"conversations/{talk["id"]}/macros/auto-end");
        Answer again = await host.PostAsync($"conversations/{talk["id"]}/macros/auto-end");

        Assert.Equal("closed", (string?)done.Json!["status"]);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        await SeenAsync($"cases/{@case["id"]}", json => (string?)json["resolution"] == "It was the plug");
    }

    [Fact]
    public async Task A_trigger_acts_once_on_what_it_fits_and_sets_off_no_other()
    {
        await host.PutAsync(
            "triggers/auto-talk",
            """
            {"on":"conversation.opened","conditions":[{"field":"customer.name","op":"eq","value":"auto-trigger"}],
            "actions":[{"set":{"tags":["vip"],"queue":"vip"}},{"note":"@bo this is {{customer.name}}"}],"order":1}
            """
        );
        await host.PutAsync(
            "triggers/auto-case",
            """
            {"on":"case.updated","conditions":[{"field":"customerId","op":"eq","value":"auto-trigger"}],
            "actions":[{"set":{"priority":"urgent"}}]}
            """
        );
        JsonNode talk = await BeginAsync("auto-trigger");
        JsonNode @case = await CaseAsync("auto-trigger");
        await host.SendAsync(HttpMethod.Patch, $"cases/{@case["id"]}", """{"queue":"washers"}""");

        JsonNode shown = await SeenAsync($"conversations/{talk["id"]}", json => (string?)json["queue"] == "vip");
        JsonNode urgent = await SeenAsync($"cases/{@case["id"]}", json => (string?)json["priority"] == "urgent");
        await host.DeleteAsync("triggers/auto-talk");
        await host.DeleteAsync("triggers/auto-case");

        Assert.Equal(["vip"], shown["tags"]!.AsArray().Select(tag => (string?)tag));
        JsonNode note = Assert.Single(shown["messages"]!.AsArray(), message => (bool?)message!["internal"] is true)!;
        Assert.Equal(("@bo this is auto-trigger", "trigger:auto-talk"), ((string?)note["text"], (string?)note["author"]));
        Assert.Equal(["bo"], note["mentions"]!.AsArray().Select(agent => (string?)agent));
        Assert.Equal((int?)@case["version"] + 2, (int?)urgent["version"]);
    }

    [Fact]
    public async Task What_a_trigger_may_not_do_is_told_in_a_note()
    {
        await host.PutAsync(
            "triggers/auto-vain",
            """
            {"on":"conversation.opened","conditions":[{"field":"customerId","op":"eq","value":"auto-vain"}],
            "actions":[{"command":{"name":"restart"}}]}
            """
        );

        JsonNode talk = await BeginAsync("auto-vain");

        JsonNode told = await SeenAsync($"conversations/{talk["id"]}", json => json["messages"]!.AsArray().Count > 1);
        await host.DeleteAsync("triggers/auto-vain");
        Assert.Equal("Not done: There is no device that could take a command.", (string?)told["messages"]!.AsArray()[^1]!["text"]);
    }

    [Theory]
    [InlineData("queues:write", """{"command":{"name":"restart"}}""", HttpStatusCode.Forbidden)]
    [InlineData("queues:write", """{"reply":"Hello"}""", HttpStatusCode.Forbidden)]
    [InlineData("queues:write\",\"conversations:write", """{"resolve":{}}""", HttpStatusCode.Forbidden)]
    [InlineData("queues:write\",\"commands:write", """{"command":{"name":"restart"}}""", HttpStatusCode.Created)]
    public async Task Nobody_has_a_trigger_do_what_they_may_not_do_themselves(string rights, string action, HttpStatusCode status)
    {
        using HttpClient program = await ProgramAsync(rights);
        const string Id = "triggers/auto-rights";

        Answer put = await RunningHost.SendAsync(
            program,
            HttpMethod.Put,
            "/api/v1/" + Id,
            $$"""{"on":"case.opened","conditions":[{"field":"title","op":"eq","value":"never"}],"actions":[{{action}}]}"""
        );
        await host.DeleteAsync(Id);

        Assert.Equal(status, put.Status);
    }

    [Fact]
    public async Task A_macro_does_nothing_elsewhere_that_its_caller_may_not_do_there()
    {
        JsonNode @case = await CaseAsync("auto-rights");
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?customerId=auto-rights")).Items)!;
        await host.SendAsync(HttpMethod.Patch, $"conversations/{talk["id"]}", $$"""{"caseId":"{{@case["id"]}}"}""");
        await host.PutAsync("macros/auto-rights-end", """{"title":"End","actions":[{"resolve":{}}]}""");
        await host.PutAsync("macros/auto-rights-say", """{"title":"Say","actions":[{"reply":"Hello"}]}""");
        using HttpClient talker = await ProgramAsync("conversations:read\",\"conversations:write");
        using HttpClient worker = await ProgramAsync("cases:read\",\"cases:write");

        Answer ended = await RunningHost.SendAsync(
            talker,
            HttpMethod.Post,
            $"/api/v1/conversations/{talk["id"]}/macros/auto-rights-end",
            null
        );
        Answer said = await RunningHost.SendAsync(worker, HttpMethod.Post, $"/api/v1/cases/{@case["id"]}/macros/auto-rights-say", null);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (ended.Status, said.Status));
        Assert.Equal("open", (string?)(await host.GetAsync($"conversations/{talk["id"]}")).Json!["status"]);
    }

    private async Task<HttpClient> ProgramAsync(string rights) =>
        host.ClientWith((string)(await host.PostAsync("api-keys", $$"""{"name":"Program","rights":["{{rights}}"]}""")).Json!["key"]!);

    private Task<JsonNode> SeenAsync(string path, Func<JsonNode, bool> holds) =>
        Awaited.Seen(async () => (await host.GetAsync(path)).Json is { } json && holds(json) ? json : null, "what is awaited of " + path);

    private async Task<JsonNode> BeginAsync(string customer)
    {
        await host.PutAsync("customers/" + customer, $$"""{"name":"{{customer}}"}""");
        return (await host.PostAsync("conversations", $$"""{"customerId":"{{customer}}","channel":"webchat","text":"Good day"}""")).Json!;
    }

    private async Task<JsonNode> CaseAsync(string name)
    {
        await host.PutAsync("models/auto", Model);
        await host.PutAsync("customers/" + name, $$"""{"name":"{{name}}"}""");
        await host.PutAsync("devices/" + name, $$"""{"model":"auto","customerId":"{{name}}","name":"{{name}}"}""");
        await BeginAsync(name);
        return (await host.PostAsync("cases", $$"""{"deviceId":"{{name}}","title":"It stands"}""")).Json!;
    }
}
