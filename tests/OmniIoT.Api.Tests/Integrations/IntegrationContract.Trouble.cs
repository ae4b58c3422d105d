using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests.Integrations;

/// <summary>What holds where something is not as it was, or goes wrong.</summary>
public abstract partial class IntegrationContract
{
    [Fact]
    public async Task Another_help_desk_under_the_same_id_has_none_of_the_tickets()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        await TicketAsync();
        await SettledAsync();
        await using HelpDeskServer other = Open();
        HeldTicket stranger = other.Write("cem@example.com", "Cem", "A bill", "Too high");

        await SetUpAsync(expected: HttpStatusCode.OK, endpoint: other.Endpoint);
        await _host.PostAsync($"cases/{opened["id"]}/notes", """{"text":"A hose, I think"}""");
        await SettledAsync();

        Assert.Empty(stranger.Comments);
        HeldTicket own = Assert.Single(other.Tickets, ticket => ticket != stranger);
        Assert.StartsWith("A hose, I think", Assert.Single(own.Comments).Text, StringComparison.Ordinal);
        Assert.Empty(Assert.Single(Desk.Tickets).Comments);
    }

    [Fact]
    public async Task A_ticket_that_lost_the_tag_of_its_case_hears_no_more_of_it()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket ticket = await TicketAsync();
        await SettledAsync();
        Desk.Tag(ticket, "omniiot-case-99");

        await _host.PostAsync($"cases/{opened["id"]}/notes", """{"text":"A hose, I think"}""");
        await SettledAsync();

        Assert.Empty(ticket.Comments);
    }

    [Fact]
    public async Task A_removed_integration_leaves_no_tickets_behind()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket ticket = await TicketAsync();
        await SettledAsync();

        Answer removed = await _host.DeleteAsync("integrations/desk");
        await SetUpAsync();
        Desk.Set(ticket, TicketStatus.Pending);
        await CallAsync(ticket, Secret);

        // As if seen for the first time: what it is then is what both have.
        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Equal("open", (string?)(await _host.GetAsync($"cases/{opened["id"]}")).Json!["status"]);
    }

    [Fact]
    public async Task Its_secrets_do_not_go_along_to_another_host()
    {
        await SetUpAsync();
        JsonObject read = (JsonObject)(await _host.GetAsync("integrations/desk")).Json!;
        await using HelpDeskServer other = Open();
        read["endpoint"] = other.Endpoint;

        Answer put = await _host.PutAsync("integrations/desk", read.ToJsonString());
        await OpenAsync("It leaks");
        await TicketAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, put.Status);
        Assert.Contains("/secret", put.Text, StringComparison.Ordinal);
        Assert.Contains("/credentials/", put.Text, StringComparison.Ordinal);
        Assert.Contains("written anew", put.Text, StringComparison.Ordinal);
        Assert.Empty(other.Taken);
    }

    [Fact]
    public async Task What_was_said_before_there_was_a_case_is_in_its_ticket_once()
    {
        await SetUpAsync();
        await _host.PutAsync("channels/form", """{"type":"webhook","name":"Form","settings":{"secret":"s"}}""");
        Answer talk = await _host.PostAsync("conversations", """{"customerId":"ann","channel":"webchat","text":"How can we help?"}""");
        string id = (string)talk.Json!["id"]!;
        await _host.PostAsync($"conversations/{id}/messages", """{"text":"A hose?"}""");
        JsonNode opened = await OpenAsync("It leaks");

        await _host.SendAsync(
            HttpMethod.Patch,
            $"conversations/{id}",
            new JsonObject { ["caseId"] = (string?)opened["id"] }.ToJsonString()
        );
        await _host.PostAsync($"conversations/{id}/messages", """{"text":"We come tomorrow"}""");
        await SettledAsync();

        string[] beginnings = ["How can we help?", "A hose?", "We come tomorrow"];
        HeldTicket ticket = Assert.Single(Desk.Tickets);
        Assert.Equal(beginnings.Length, ticket.Comments.Count);
        Assert.All(ticket.Comments.Zip(beginnings), one => Assert.StartsWith(one.Second, one.First.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ticket_that_waits_again_has_its_case_wait_though_it_was_resolved()
    {
        await SetUpAsync();
        JsonNode opened = await OpenAsync("It leaks");
        HeldTicket ticket = await TicketAsync();
        await _host.PostAsync($"cases/{opened["id"]}/resolve", "{}");
        await SettledAsync();

        Desk.Set(ticket, TicketStatus.Pending);
        await CallAsync(ticket, Secret);
        await SettledAsync();

        Assert.Equal("pending", (string?)(await _host.GetAsync($"cases/{opened["id"]}")).Json!["status"]);
        Assert.Equal(TicketStatus.Pending, ticket.Status);
    }

    [Fact]
    public async Task What_is_refused_for_good_holds_up_nothing()
    {
        await SetUpAsync();
        Desk.FailNext(HttpStatusCode.UnprocessableEntity);

        JsonNode opened = await OpenAsync("It leaks");
        JsonNode refused = await Awaited.Seen(() => FindAsync(one => (string?)one["state"] == "failed"), "the refused change");
        await _host.PostAsync($"cases/{opened["id"]}/notes", """{"text":"A hose, I think"}""");

        HeldTicket ticket = await TicketAsync();
        await Awaited.Seen(() => Task.FromResult(ticket.Comments is [var first, ..] ? first : null), "the note in the ticket");
        Assert.Equal(422, (int?)refused["statusCode"]);
        Assert.Contains("undeliverable", (await _host.GetAsync("dead-letters")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_that_cannot_be_taken_holds_up_no_other()
    {
        await SetUpAsync(pollSeconds: 1);
        Desk.Break(Desk.Write("bob@example.com", "Bob", "No heat", "It stays cold"), int.MaxValue);
        Desk.Write("cem@example.com", "Cem", "A noise", "At night");

        JsonNode opened = await Awaited.Seen(
            async () => (await Host.GetAsync("cases")).Items is [var first, ..] ? first : null,
            "the case of the other ticket"
        );
        Assert.Equal("A noise", (string?)opened["title"]);
    }

    [Fact]
    public async Task A_ticket_that_could_not_be_taken_is_tried_again()
    {
        await SetUpAsync(pollSeconds: 1);
        HeldTicket first = Desk.Write("bob@example.com", "Bob", "No heat", "It stays cold");
        Desk.Break(first, 2);
        Desk.Write("cem@example.com", "Cem", "A noise", "At night");

        await Awaited.Seen(
            async () => (await _host.GetAsync("cases")).Items is { Count: 2 } both ? both : null,
            "both cases, one of them when it is tried again"
        );
    }

    [Fact]
    public async Task A_ticket_that_comes_many_times_at_once_is_one_case()
    {
        await SetUpAsync();
        HeldTicket ticket = Desk.Write("bob@example.com", "Bob", "No heat", "It stays cold");

        HttpStatusCode[] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CallAsync(ticket, Secret)));
        await SettledAsync();

        Assert.All(taken, one => Assert.Equal(HttpStatusCode.OK, one));
        Assert.Single((await _host.GetAsync("cases")).Items);
        Assert.Single((await _host.GetAsync("customers?q=bob")).Items);
        Assert.Single(Desk.Tickets);
    }

    [Fact]
    public async Task A_help_desk_that_wants_to_be_left_alone_is_not_asked_while_others_are()
    {
        await using HelpDeskServer other = Open();
        Desk.FailNext(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromHours(1));
        await SetUpAsync(pollSeconds: 1);
        await Awaited.Seen(() => Task.FromResult(Desk.FailuresLeft == 0 ? "it" : null), "the refusal");

        await SetUpAsync(pollSeconds: 1, endpoint: other.Endpoint, id: "other");
        await Awaited.Seen(() => Task.FromResult(other.Taken.Count >= 3 ? "thrice" : null), "the other that is asked");

        Assert.Empty(Desk.Taken);
    }

    [Fact]
    public async Task What_was_taken_before_a_refusal_is_not_taken_again()
    {
        await SetUpAsync();
        await OpenAsync("It leaks");
        await OpenAsync("It is loud");
        await SettledAsync();
        HeldTicket[] tickets = [.. Desk.Tickets];
        string refused = tickets[1].Id.ToString(CultureInfo.InvariantCulture);
        Desk.FailNext(
            HttpStatusCode.TooManyRequests,
            retryAfter: TimeSpan.FromSeconds(1),
            which: call => call.Method == "GET" && call.Path.Contains($"/{refused}/co", StringComparison.Ordinal)
        );
        Instant now = Instant.FromTime(TimeProvider.System.GetUtcNow());
        Desk.Set(tickets[0], TicketStatus.Pending, now + TimeSpan.FromSeconds(10));
        Desk.Set(tickets[1], TicketStatus.Pending, now + TimeSpan.FromSeconds(20));

        await SetUpAsync(pollSeconds: 1, HttpStatusCode.OK);

        await Awaited.Seen(
            async () => (await Host.GetAsync("cases?status=pending")).Items is { Count: 2 } both ? both : null,
            "both cases that are pending"
        );
        Assert.Single(Desk.Taken, call => call.Method == "GET" && call.Path.Contains($"/{tickets[0].Id}/co", StringComparison.Ordinal));
    }
}
