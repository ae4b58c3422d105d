using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests.Integrations;

/// <summary>What holds of every help desk: the same cases on both sides, whoever changes them.</summary>
public abstract partial class IntegrationContract : IAsyncLifetime
{
    private readonly RunningHost _host = new(static settings => settings with { AllowsPrivateWebhooks = true });

    protected const string Secret = "secret of the desk";

    private HelpDeskServer? _desk;

    internal RunningHost Host => _host;

    protected HelpDeskServer Desk => _desk!;

    protected abstract HelpDeskServer Open();

    /// <summary>With type and credentials.</summary>
    protected abstract JsonObject Settings();

    /// <summary>A call of the help desk that says which ticket changed, with its proof or a wrong one.</summary>
    protected abstract HttpRequestMessage CallOf(HeldTicket ticket, string secret);

    public async ValueTask InitializeAsync()
    {
        _desk = Open();
        await _host.InitializeAsync();
        await _host.PutAsync("customers/ann", """{"name":"Ann","identities":[{"type":"email","value":"ann@example.com"}]}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_case_becomes_one_ticket_with_its_tag_and_its_requester()
    {
        await SetUpAsync();

        JsonNode opened = await OpenAsync("It leaks", "high");
        HeldTicket ticket = await TicketAsync();

        Assert.Equal([$"omniiot-case-{opened["number"]}"], ticket.Tags);
        Assert.Equal(
            ("It leaks", "ann@example.com", "Ann", TicketStatus.Open, CasePriority.High),
            (ticket.Subject, ticket.Requester!.Email, ticket.Requester.Name, ticket.Status, ticket.Priority)
        );
    }

    [Fact]
    public async Task How_far_a_case_is_and_what_is_said_of_it_goes_there_once()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");

        await _host.PostAsync($"cases/{opened["id"]}/notes", """{"text":"A hose, I think"}""");
        await _host.SendAsync(HttpMethod.Patch, $"cases/{opened["id"]}", """{"status":"pending"}""");
        await SettledAsync();

        HeldTicket ticket = Assert.Single(Desk.Tickets);
        HeldComment comment = Assert.Single(ticket.Comments);
        Assert.Equal((TicketStatus.Pending, false, false), (ticket.Status, comment.IsPublic, comment.IsByRequester));
        Assert.StartsWith("A hose, I think", comment.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_about_a_case_are_comments_of_who_said_them()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        await _host.PutAsync("channels/form", """{"type":"webhook","name":"Form","settings":{"secret":"s"}}""");
        Answer talk = await _host.PostAsync("conversations", """{"customerId":"ann","channel":"webchat","text":"How can we help?"}""");
        string id = (string)talk.Json!["id"]!;
        await _host.SendAsync(
            HttpMethod.Patch,
            $"conversations/{id}",
            new JsonObject { ["caseId"] = (string?)opened["id"] }.ToJsonString()
        );

        await _host.PostAsync($"conversations/{id}/messages", """{"text":"We come tomorrow"}""");
        await _host.PostAsync($"conversations/{id}/messages", """{"text":"Bring a hose","internal":true}""");
        await SettledAsync();

        HeldTicket ticket = Assert.Single(Desk.Tickets);
        Assert.Contains(ticket.Comments, one => one.IsPublic && one.Text.StartsWith("We come tomorrow", StringComparison.Ordinal));
        Assert.Contains(ticket.Comments, one => !one.IsPublic && one.Text.StartsWith("Bring a hose", StringComparison.Ordinal));
        Assert.Equal(ticket.Comments.Count, ticket.Comments.DistinctBy(one => one.Key).Count());
    }

    [Fact]
    public async Task What_is_done_there_comes_back_by_a_call_with_its_proof()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket ticket = await TicketAsync();
        await SettledAsync();
        Desk.Say(ticket, "Is it the hose?");
        Desk.Say(ticket, "Yes, the hose", isByRequester: true);
        Desk.Say(ticket, "Send Ali", isPublic: false);
        Desk.Set(ticket, TicketStatus.Solved);

        HttpStatusCode refused = await CallAsync(ticket, "wrong");
        JsonNode before = (await _host.GetAsync($"cases/{opened["id"]}")).Json!;
        HttpStatusCode taken = await CallAsync(ticket, Secret);
        await CallAsync(ticket, Secret);
        await SettledAsync();

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused, taken));
        Assert.Equal("open", (string?)before["status"]);
        Assert.Equal("resolved", (string?)(await _host.GetAsync($"cases/{opened["id"]}")).Json!["status"]);
        JsonArray told = (await _host.GetAsync("customers/ann/timeline?channel=desk")).Items;
        Assert.Equal(
            [("message.received", "Yes, the hose"), ("message.sent", "Is it the hose?"), ("note.added", "Send Ali")],
            told.Select(one => ((string)one!["kind"]!, (string)one["text"]!)).Order()
        );
        // Nothing of it went back.
        Assert.Equal(3, Assert.Single(Desk.Tickets).Comments.Count);
        Assert.Equal(TicketStatus.Solved, ticket.Status);
    }

    [Fact]
    public async Task What_is_done_there_comes_back_by_asking()
    {
        await SetUpAsync(pollSeconds: 1);
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket ticket = await TicketAsync();
        await SettledAsync();

        Desk.Set(ticket, TicketStatus.Pending);

        await Awaited.Seen(
            async () => (string?)(await _host.GetAsync($"cases/{opened["id"]}")).Json!["status"] == "pending" ? "it" : null,
            "the case that is pending"
        );
    }

    [Fact]
    public async Task What_changed_there_before_it_was_first_asked_is_not_missed()
    {
        await SetUpAsync(pollSeconds: 0);
        HeldTicket ticket = Desk.Write("bob@example.com", "Bob", "No heat", "It stays cold");
        Instant later = ticket.UpdatedAt + TimeSpan.FromSeconds(2);
        await Awaited.Seen(
            () => Task.FromResult(Instant.FromTime(TimeProvider.System.GetUtcNow()) > later ? "later" : null),
            "seconds that pass, in which help desks count"
        );

        await SetUpAsync(pollSeconds: 1, HttpStatusCode.OK);

        await Awaited.Seen(async () => (await _host.GetAsync("cases")).Items is [var first, ..] ? first : null, "the case");
    }

    [Fact]
    public async Task What_begins_there_is_a_case_here_and_no_second_ticket()
    {
        await SetUpAsync();
        HeldTicket ticket = Desk.Write("bob@example.com", "Bob", "No heat", "It stays cold");

        await CallAsync(ticket, Secret);
        await CallAsync(ticket, Secret);
        await SettledAsync();

        JsonNode opened = Assert.Single((await _host.GetAsync("cases")).Items)!;
        JsonNode customer = (await _host.GetAsync($"customers/{opened["customerId"]}")).Json!;
        JsonArray told = (await _host.GetAsync($"customers/{opened["customerId"]}/timeline?kind=message.received")).Items;
        Assert.Equal(("No heat", "customer", "Bob"), ((string?)opened["title"], (string?)opened["openedBy"], (string?)customer["name"]));
        Assert.Equal("It stays cold", (string?)Assert.Single(told)!["text"]);
        Assert.Equal([$"omniiot-case-{opened["number"]}"], Assert.Single(Desk.Tickets).Tags);
    }

    [Fact]
    public async Task Where_both_sides_changed_the_later_stands_and_that_is_told()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket ticket = await TicketAsync();
        await SettledAsync();
        Desk.FailNext(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromHours(1));

        await _host.SendAsync(HttpMethod.Patch, $"cases/{opened["id"]}", """{"status":"pending"}""");
        await Awaited.Seen(() => FindAsync(one => (string?)one["state"] == "waiting" && one["error"] is not null), "the change that waits");
        Desk.Set(ticket, TicketStatus.Solved, Instant.FromTime(TimeProvider.System.GetUtcNow()) + TimeSpan.FromMinutes(1));
        await CallAsync(ticket, Secret);

        Assert.Equal("resolved", (string?)(await _host.GetAsync($"cases/{opened["id"]}")).Json!["status"]);
        JsonArray told = (await _host.GetAsync("customers/ann/timeline?kind=note.added")).Items;
        Assert.Contains("the later one stands: resolved", (string?)Assert.Single(told)!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_secrets_are_never_read_back_and_stay_when_it_is_written_again()
    {
        await SetUpAsync();
        JsonObject read = (JsonObject)(await _host.GetAsync("integrations/desk")).Json!;
        Answer list = await _host.GetAsync("integrations");
        string audit = (await _host.GetAsync("audit?subject=integration:desk")).Text;

        Answer put = await _host.PutAsync("integrations/desk", read.ToJsonString());
        await OpenAsync("It leaks");
        await TicketAsync();

        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal("""{"set":true}""", read["secret"]!.ToJsonString());
        Assert.All(
            new[] { read.ToJsonString(), list.Text, put.Text, audit },
            text => Assert.DoesNotContain("key of the desk", text, StringComparison.Ordinal)
        );
    }

    protected async Task SetUpAsync(
        int pollSeconds = 0,
        HttpStatusCode expected = HttpStatusCode.Created,
        string? endpoint = null,
        string id = "desk"
    )
    {
        JsonObject settings = Settings();
        settings["endpoint"] = endpoint ?? Desk.Endpoint;
        settings["secret"] = Secret;
        settings["pollSeconds"] = pollSeconds;
        Answer put = await _host.PutAsync($"integrations/{id}", settings.ToJsonString());
        Assert.Equal(expected, put.Status);
    }

    protected async Task<JsonNode> OpenAsync(string title, string priority = "normal") =>
        (await _host.PostAsync("cases", $$"""{"customerId":"ann","title":"{{title}}","priority":"{{priority}}"}""")).Json!;

    protected Task<HeldTicket> TicketAsync() =>
        Awaited.Seen(() => Task.FromResult(Desk.Tickets is [var first, ..] ? first : null), "a ticket");

    /// <summary>All that was to go there has gone.</summary>
    protected Task<string> SettledAsync() =>
        Awaited.Seen(async () => await FindAsync(static one => (string?)one["state"] != "delivered") is null ? "all" : null, "rest");

    private async Task<JsonNode?> FindAsync(Func<JsonNode, bool> isIt) =>
        (await _host.GetAsync("integrations/desk/deliveries")).Items.FirstOrDefault(one => isIt(one!));

    protected async Task<HttpStatusCode> CallAsync(HeldTicket ticket, string secret)
    {
        using HttpClient client = _host.ClientWith(null);
        using HttpRequestMessage request = CallOf(ticket, secret);
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
