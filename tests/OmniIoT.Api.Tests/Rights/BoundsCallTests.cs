using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Api.Tests.Rights;

/// <summary>A role that is limited to queues or sites: what is not of those is as little there as what does not exist.</summary>
public sealed class BoundsCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Password = "correct horse battery";

    /// <summary>Stands in every id and name of what is outside.</summary>
    private const string Outside = "foreign";

    private const string Inside = "near";

    /// <summary>Calls that concern the caller, or what is nobody's in particular.</summary>
    private static readonly string[] OwnOrOpen = ["session", "me", "mqtt", "provision", "agents", "roles"];

    /// <summary>Everything that the description has, and so whatever is added to it: by sites, by queues, by both.</summary>
    [Theory]
    [InlineData("sites")]
    [InlineData("queues")]
    [InlineData("both")]
    public async Task No_call_shows_or_changes_what_is_outside(string by)
    {
        World world = await SeedAsync(by);
        using HttpClient bounded = await SignInAsync(by);
        JsonNode description = (await host.GetAsync("/openapi/v1.json")).Json!;
        foreach ((string method, string path) in CallsOf(description))
        {
            string address = world.Fill(path);
            string? body = method is "get" or "delete" ? null : BodyOf(world, path);
            Answer answer = await AskAsync(bounded, method, address, body);

            string told = $"{method} {address}: {answer.Status} {answer.Text}";
            Assert.True(answer.Status != HttpStatusCode.InternalServerError, told);
            if (IsBounded(path, by))
                Assert.False(answer.IsSuccess && answer.Text.Contains(Outside, StringComparison.Ordinal), told);
            if (address != path)
                Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, told);
        }
        foreach (string path in world.Things)
            Assert.Equal((path, HttpStatusCode.OK), (path, (await host.GetAsync(path)).Status));
    }

    [Theory]
    [InlineData("sites", "devices cases conversations callbacks customers alarms fences beacons sites")]
    [InlineData("queues", "devices cases conversations callbacks customers alarms queues")]
    [InlineData("both", "devices cases conversations callbacks customers alarms fences beacons sites queues")]
    public async Task What_is_within_is_seen_counted_found_and_changed(string by, string lists)
    {
        World world = await SeedAsync(by);
        using HttpClient bounded = await SignInAsync(by);
        foreach (string list in lists.Split(' '))
        {
            Answer listed = await AskAsync(bounded, "get", $"/api/v1/{list}", null);
            Assert.True(listed.Items.Count == 1, $"{list}: {listed.Text}");
            Assert.DoesNotContain(Outside, listed.Text, StringComparison.Ordinal);
        }
        Answer counted = await AskAsync(bounded, "get", "/api/v1/cases?count=true", null);
        Answer counts = await AskAsync(bounded, "get", "/api/v1/cases/counts", null);
        Answer found = await AskAsync(bounded, "get", $"/api/v1/search?q={world.Word}", null);
        Answer timeline = await AskAsync(bounded, "get", $"/api/v1/customers/{world.Customer}/timeline", null);
        Answer noted = await AskAsync(bounded, "post", $"/api/v1/cases/{world.Case}/notes", """{"text":"seen"}""");
        Answer named = await AskAsync(bounded, "post", "/api/v1/names", world.Names);

        Assert.Equal(1, (int)counted.Json!["total"]!);
        Assert.Equal(1, (int)counts.Json!["open"]!);
        Assert.Contains(world.Case, found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Outside, found.Text, StringComparison.Ordinal);
        Assert.NotEmpty(timeline.Items);
        Assert.Equal(HttpStatusCode.Created, noted.Status);
        Assert.Contains(world.Customer, named.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Outside, named.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sites")]
    [InlineData("queues")]
    [InlineData("both")]
    public async Task Who_asks_is_told_what_limits_them(string by)
    {
        await SeedAsync(by);
        using HttpClient bounded = await SignInAsync(by);

        JsonNode me = (await AskAsync(bounded, "get", "/api/v1/me", null)).Json!;
        JsonNode unbounded = (await host.GetAsync("me")).Json!;

        Assert.Equal(by is "sites" ? null : $"{Inside}-{by}", (string?)me["queues"]?[0]);
        Assert.Equal(by is "queues" ? null : $"{Inside}-{by}", (string?)me["sites"]?[0]);
        Assert.Equal((false, false), (unbounded.AsObject().ContainsKey("queues"), unbounded.AsObject().ContainsKey("sites")));
    }

    /// <summary>Their customer is talked with in a queue that is not theirs.</summary>
    [Fact]
    public async Task Nothing_is_said_in_a_queue_outside_neither_by_a_call_nor_by_a_macro()
    {
        World world = await SeedAsync("queues");
        Answer conversation = await host.GetAsync($"conversations?customerId={world.Customer}");
        string talk = (string)conversation.Items.Single()!["id"]!;
        await host.SendAsync(HttpMethod.Patch, $"conversations/{talk}", """{"queue":"foreign-queues"}""");
        await PutAsync("macros/bounded-say", """{"title":"Say","actions":[{"reply":"Hello"}]}""");
        using HttpClient bounded = await SignInAsync("queues");

        Answer begun = await AskAsync(
            bounded,
            "post",
            "/api/v1/conversations",
            $$"""{"customerId":"{{world.Customer}}","channel":"webchat","text":"x"}"""
        );
        Answer said = await AskAsync(bounded, "post", $"/api/v1/cases/{world.Case}/macros/bounded-say", null);
        JsonNode stored = (await host.GetAsync($"conversations/{talk}")).Json!;
        await host.SendAsync(HttpMethod.Patch, $"conversations/{talk}", $$"""{"queue":"{{Inside}}-queues"}""");

        Assert.Equal((HttpStatusCode.Forbidden, "OutOfBounds"), (begun.Status, (string?)begun.Json!["code"]));
        Assert.Equal((HttpStatusCode.Forbidden, "OutOfBounds"), (said.Status, (string?)said.Json!["code"]));
        Assert.Single(stored["messages"]!.AsArray());
    }

    [Fact]
    public async Task A_macro_changes_no_case_outside_that_a_conversation_within_is_about()
    {
        World world = await SeedAsync("queues");
        await PutAsync("macros/bounded-end", """{"title":"End","actions":[{"resolve":{}}]}""");
        string other = (string)(await host.PostAsync("cases", $$"""{"customerId":"{{world.Customer}}","title":"Other"}""")).Json!["id"]!;
        string talk = (string)(await host.GetAsync($"conversations?customerId={world.Customer}")).Items.Single()!["id"]!;
        Answer linked = await host.SendAsync(HttpMethod.Patch, $"conversations/{talk}", $$"""{"caseId":"{{other}}"}""");
        Assert.True(linked.IsSuccess, linked.Text);
        using HttpClient bounded = await SignInAsync("queues");

        Answer ended = await AskAsync(bounded, "post", $"/api/v1/conversations/{talk}/macros/bounded-end", null);
        await host.SendAsync(HttpMethod.Patch, $"conversations/{talk}", """{"status":"open","caseId":""}""");

        Assert.Equal("closed", (string?)ended.Json!["status"]);
        Assert.Equal("open", (string?)(await host.GetAsync($"cases/{other}")).Json!["status"]);
    }

    [Fact]
    public async Task A_stream_tells_of_what_is_within_only()
    {
        World world = await SeedAsync("both");
        HttpClient bounded = await SignInAsync("both");
        using EventReader stream = await EventReader.OpenAsync(bounded, "/api/v1/stream?kinds=note.added,case.updated,case", null);

        await host.PostAsync($"cases/{world.ForeignCase}/notes", """{"text":"not for them"}""");
        await host.PostAsync($"customers/{world.ForeignCustomer}/timeline", """{"text":"nor this"}""");
        await host.PostAsync($"cases/{world.Case}/notes", """{"text":"for them"}""");

        StreamEvent first = await stream.NextAsync("note.added");
        Assert.Contains("for them", first.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("not for them", first.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_when_the_bounds_are_drawn_anew()
    {
        await SeedAsync("redrawn");
        HttpClient bounded = await SignInAsync("redrawn");
        using EventReader stream = await EventReader.OpenAsync(bounded, "/api/v1/stream?kinds=never", null);

        await PutRoleAsync("redrawn", $$"""["{{Inside}}-redrawn"]""", "[]");

        Assert.Empty(await stream.NamesUntilEndAsync());
    }

    [Theory]
    [InlineData("devices/bounded-new", """{"model":"washer","siteId":"foreign-both"}""")]
    [InlineData("devices/bounded-new", """{"model":"washer"}""")]
    [InlineData("devices/near-both", """{"model":"washer","siteId":"foreign-both"}""")]
    [InlineData("sites/bounded-new", """{"name":"New"}""")]
    [InlineData("queues/bounded-new", """{"name":"New"}""")]
    [InlineData("customers/bounded-new", """{"name":"New"}""")]
    [InlineData("models/bounded-new", """{"name":"New"}""")]
    [InlineData("roles/bounded-new", """{"rights":[]}""")]
    [InlineData("agents/bounded-new", """{"password":"correct horse battery"}""")]
    public async Task Nothing_is_put_where_the_bounds_do_not_reach(string path, string body)
    {
        await SeedAsync("both");
        using HttpClient bounded = await SignInAsync("both");

        Answer answer = await RunningHost.SendAsync(bounded, HttpMethod.Put, path, body);

        Assert.Equal((HttpStatusCode.Forbidden, "OutOfBounds"), (answer.Status, (string?)answer.Json!["code"]));
    }

    [Theory]
    [InlineData("""{"rights":[],"sites":["nowhere"]}""", "/sites/0")]
    [InlineData("""{"rights":[],"queues":["a",""]}""", "/queues/1")]
    [InlineData("""{"rights":[],"site":["s"]}""", "/site")]
    public async Task What_bounds_nothing_is_refused_with_its_place(string body, string pointer)
    {
        Answer answer = await host.PutAsync("roles/bounded-wrong", body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    private static IEnumerable<(string Method, string Path)> CallsOf(JsonNode description) =>
        from path in description["paths"]!.AsObject()
        from call in path.Value!.AsObject()
        where path.Key.StartsWith("/api/v1/", StringComparison.Ordinal) && path.Key != "/api/v1/stream"
        where !OwnOrOpen.Contains(path.Key.Split('/')[3])
        // Reads come first: what would be changed is looked at before.
        orderby call.Key != "get"
        select (call.Key, path.Key);

    /// <summary>Queues do not bound places, nor sites queues.</summary>
    private static bool IsBounded(string path, string by) =>
        path.Split('/')[3] switch
        {
            "queues" => by is not "sites",
            "sites" or "fences" or "beacons" => by is not "queues",
            _ => true,
        };

    private static string? BodyOf(World world, string path) =>
        path switch
        {
            "/api/v1/names" => world.Names,
            "/api/v1/cases" => $$"""{"deviceId":"{{Outside}}-{{world.By}}","title":"x","queue":"{{Inside}}-{{world.By}}"}""",
            "/api/v1/conversations" => $$"""{"customerId":"{{world.ForeignCustomer}}","channel":"webchat","text":"x"}""",
            _ => "{}",
        };

    private static Task<Answer> AskAsync(HttpClient http, string method, string path, string? body) =>
        RunningHost.SendAsync(http, new HttpMethod(method.ToUpperInvariant()), path, body);

    /// <summary>One of everything within, and one of everything outside.</summary>
    private async Task<World> SeedAsync(string by)
    {
        Side near = await SeedAsync(Inside, by),
            foreign = await SeedAsync(Outside, by);
        string name = $"{Inside}-{by}";
        await PutRoleAsync(by, by is "sites" ? "[]" : $"""["{name}"]""", by is "queues" ? "[]" : $"""["{name}"]""");
        return new World(by, near, foreign);
    }

    private Task<Answer> PutRoleAsync(string by, string queues, string sites) =>
        PutAsync(
            $"roles/bounded-{by}",
            $$"""
            {"rights":{{All}},"queues":{{queues}},"sites":{{sites}}}
            """
        );

    private static string All => $"""["{string.Join("\",\"", Access.Rights.RightSet.AllNames)}"]""";

    private async Task<Side> SeedAsync(string side, string by)
    {
        string id = $"{side}-{by}";
        if ((await host.GetAsync($"sites/{id}")).IsSuccess)
            return await FindAsync(id);
        await PutAsync($"sites/{id}", $$"""{"name":"{{id}}"}""");
        await PutAsync($"queues/{id}", $$"""{"name":"{{id}}"}""");
        await PutAsync(
            $"fences/{id}",
            $$"""{"siteId":"{{id}}","name":"{{id}}","geometry":{"type":"Point","coordinates":[49.8,40.4]},"radiusMeters":50}"""
        );
        string uuid = side == Inside ? "aaaaaaaa" : "bbbbbbbb";
        int major = by.Length;
        await PutAsync($"beacons/{uuid}-0000-0000-0000-000000000000:{major}:1", $$"""{"siteId":"{{id}}","name":"{{id}}"}""");
        string secret = await host.SeedWasherAsync(id, id);
        await PutAsync($"customers/{id}", $$"""{"name":"{{id}} bounded{{by}}"}""");
        await PutAsync($"devices/{id}", $$"""{"model":"washer","customerId":"{{id}}","siteId":"{{id}}","name":"{{id}}"}""");
        await host.PublishAsync(id, secret, $"devices/{id}/telemetry", """{"temperature":95}""");
        Answer begun = await host.PostAsync("conversations", $$"""{"customerId":"{{id}}","channel":"webchat","text":"{{id}} says"}""");
        await host.SendAsync(HttpMethod.Patch, $"conversations/{begun.Json!["id"]}", $$"""{"queue":"{{id}}"}""");
        Effect promised = new PutCallBack(Samples.CallBack(CallBackOf(id), id, queue: id));
        await host.Services.GetRequiredService<ICommitter>().CommitAsync(new CommitUnit { Effects = { promised } });
        Side made = await FindAsync(id);
        await host.SendAsync(HttpMethod.Patch, $"cases/{made.Case}", $$"""{"queue":"{{id}}","title":"{{id}} bounded{{by}}"}""");
        return made;
    }

    private static string CallBackOf(string id) => id + "-callback";

    private async Task<Side> FindAsync(string id)
    {
        JsonNode @case = Assert.Single((await host.GetAsync($"cases?deviceId={id}")).Items)!;
        JsonNode alarm = Assert.Single((await host.GetAsync($"alarms?deviceId={id}")).Items)!;
        JsonNode talk = Assert.Single((await host.GetAsync($"conversations?customerId={id}")).Items)!;
        JsonNode beacon = Assert.Single((await host.GetAsync($"beacons?siteId={id}")).Items)!;
        return new Side(id, (string)@case["id"]!, (string)alarm["id"]!, (string)talk["id"]!, (string)beacon["id"]!);
    }

    private async Task<Answer> PutAsync(string path, string json)
    {
        Answer answer = await host.PutAsync(path, json);
        Assert.True(answer.IsSuccess, $"{path}: {answer.Text}");
        return answer;
    }

    private async Task<HttpClient> SignInAsync(string by)
    {
        string id = $"bounded-{by}";
        await PutAsync($"agents/{id}", $$"""{"role":"{{id}}","password":"{{Password}}"}""");
        Answer session = await host.PostAsync("session", $$"""{"user":"{{id}}","password":"{{Password}}"}""");
        return host.ClientWith((string)session.Json!["token"]!);
    }

    private sealed record Side(string Id, string Case, string Alarm, string Conversation, string Beacon);

    private sealed record World(string By, Side Near, Side Foreign)
    {
        public string Case => Near.Case;

        public string Customer => Near.Id;

        public string ForeignCase => Foreign.Case;

        public string ForeignCustomer => Foreign.Id;

        /// <summary>Said by both.</summary>
        public string Word => "bounded" + By;

        public string Names =>
            $$"""
                {"customers":["{{Near.Id}}","{{Foreign.Id}}"],"devices":["{{Near.Id}}","{{Foreign.Id}}"],
                 "sites":["{{Near.Id}}"{{(By is "queues" ? "" : $",\"{Foreign.Id}\"")}}]}
                """;

        /// <summary>What is outside, and stays.</summary>
        public IEnumerable<string> Things =>
            [
                $"devices/{Foreign.Id}",
                $"customers/{Foreign.Id}",
                $"cases/{Foreign.Case}",
                $"conversations/{Foreign.Conversation}",
                $"sites/{Foreign.Id}",
                $"fences/{Foreign.Id}",
                $"queues/{Foreign.Id}",
            ];

        /// <summary>The address of what is outside.</summary>
        public string Fill(string path)
        {
            if (!path.Contains("{id}", StringComparison.Ordinal))
                return path;
            // By queues alone everybody sees places, and by sites alone all queues: to read them says nothing.
            string id = path.Split('/')[3] switch
            {
                "devices" or "customers" => Foreign.Id,
                "fences" or "sites" => By is "queues" ? "nothing" : Foreign.Id,
                "beacons" => By is "queues" ? "nothing" : Foreign.Beacon,
                "queues" => By is "sites" ? "nothing" : Foreign.Id,
                "cases" => Foreign.Case,
                "conversations" => Foreign.Conversation,
                "callbacks" => CallBackOf(Foreign.Id),
                "alarms" => Foreign.Alarm,
                // What is nobody's in particular, or not for those with bounds: a call that nothing was said of is refused to them.
                _ => "nothing",
            };
            return path.Replace("{id}", id, StringComparison.Ordinal)
                .Replace("{commandId}", "nothing", StringComparison.Ordinal)
                .Replace("{messageId}", "nothing", StringComparison.Ordinal)
                .Replace("{thumbprint}", "nothing", StringComparison.Ordinal);
        }
    }
}
