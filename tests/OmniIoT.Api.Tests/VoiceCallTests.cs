using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests;

/// <summary>Voice menus as they are written and tried, and calls as the provider brings them.</summary>
public sealed class VoiceCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Token = "twilio-token";

    private const string Menu = """
        {"name":"Main","start":"hello","nodes":{
          "hello":{"say":{"en":"Welcome"},"next":"ask"},
          "ask":{"gather":{"digits":1,"speech":true,"choices":{"1":{"next":"wait","words":{"en":["person"]}},"2":{"next":"later"},
            "3":{"next":"link"},"4":{"next":"mail"},"5":{"next":"ask"}},"again":{"en":"Once more"},"tries":2,"exhausted":"wait"}},
          "wait":{"queue":"washers","music":null},
          "later":{"callback":{"queue":"washers"}},
          "link":{"sendLink":{"channel":"sms","to":"chat","text":{"en":"Go on here: {link}"}}},
          "mail":{"voicemail":{"queue":"washers"}}}}
        """;

    [Fact]
    public async Task A_menu_is_written_read_listed_and_removed_and_its_versions_stay()
    {
        Answer created = await host.PutAsync("flows/kept", Menu);
        Answer replaced = await host.PutAsync("flows/kept", """{"name":"Short","start":"a","nodes":{"a":{"hangup":true}}}""");
        Answer got = await host.GetAsync("flows/kept");
        JsonArray versions = (await host.GetAsync("flows/kept/versions")).Items;
        JsonArray listed = (await host.GetAsync("flows?q=short&count=true")).Items;
        Answer removed = await host.DeleteAsync("flows/kept");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created.Status, replaced.Status));
        Assert.Equal("Short", (string?)got.Json!["name"]);
        Assert.Equal(["Short", "Main"], versions.Select(static one => (string?)one!["flow"]!["name"]));
        Assert.Equal(["kept"], listed.Select(static one => (string?)one!["id"]));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.Status, (await host.GetAsync("flows/kept")).Status));
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("flows/never/versions")).Status);
    }

    [Fact]
    public async Task What_is_wrong_with_a_menu_is_said_at_its_node()
    {
        Answer answer = await host.PutAsync(
            "flows/wrong",
            """{"start":"a","nodes":{"a":{"say":{"en":"x"},"next":"nowhere"},"b":{"say":{"en":"x"}},"c":{"say":{"en":"x"},"next":"c"}}}"""
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(
            ["/nodes/a/next", "/nodes/b/next", "/nodes/c/next"],
            answer.Json!["errors"]!.AsArray().Select(static one => (string?)one!["pointer"]).Order(StringComparer.Ordinal)
        );
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("flows/wrong")).Status);
    }

    [Fact]
    public async Task A_call_is_tried_out_without_a_trace()
    {
        await host.PutAsync("flows/tried", Menu);

        Answer tried = await host.PostAsync("flows/tried/simulate", """{"from":"+994501110000","inputs":["9","person"]}""");
        Answer wrong = await host.PostAsync("flows/tried/simulate", """{"inputs":[null],"locale":"de"}""");

        JsonArray steps = tried.Json!["steps"]!.AsArray();
        Assert.Equal(["ask", "ask", "wait"], steps.Select(static one => (string?)one!["node"]));
        Assert.Equal(["hello", "ask"], steps[0]!["path"]!.AsArray().Select(static one => (string?)one));
        Assert.Equal("Response", XElement.Parse((string)steps[2]!["twiml"]!).Name);
        Assert.Equal("washers", XElement.Parse((string)steps[2]!["twiml"]!).Element("Enqueue")!.Value);
        Assert.Empty((await host.GetAsync("customers?q=994501110000")).Items);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("flows/never/simulate", "{}")).Status);
    }

    [Fact]
    public async Task A_flow_is_tried_before_it_is_stored_and_its_mistakes_are_told_at_their_place()
    {
        Answer tried = await host.PostAsync("flows/unstored/simulate", $$"""{"flow":{{Menu}},"inputs":["9"]}""");
        Answer wrong = await host.PostAsync(
            "flows/unstored/simulate",
            """{"flow":{"start":"a","nodes":{"a":{"say":"Hello","next":"nowhere"}}}}"""
        );

        Assert.Equal(["ask", "ask"], tried.Json!["steps"]!.AsArray().Select(static one => (string?)one!["node"]));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/flow/nodes/a/next"), (wrong.Status, wrong.Pointer));
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("flows/unstored")).Status);
    }

    [Fact]
    public async Task A_call_is_part_of_the_one_conversation_and_told_again_changes_nothing()
    {
        await SetUpAsync("phone", "http://127.0.0.1:9", queue: "phone-line");
        string from = "+994501110001";
        XElement hello = await RingAsync("phone", "CA1", from);
        XElement again = await RingAsync("phone", "CA1", from, ("Digits", "5"), ("turn", "1"));
        XElement repeated = await RingAsync("phone", "CA1", from, ("Digits", "5"), ("turn", "1"));
        XElement queued = await RingAsync("phone", "CA1", from, ("SpeechResult", "a person, please"), ("turn", "2"));
        XElement waiting = await RingAsync("phone", "CA1", from, ("waiting", "true"));
        await TellAsync("phone", "CA1", ("CallStatus", "completed"), ("CallDuration", "35"));
        await TellAsync("phone", "CA1", ("CallStatus", "completed"), ("CallDuration", "35"));
        XElement late = await RingAsync("phone", "CA1", from);

        Assert.Equal("Welcome", hello.Element("Gather")!.Element("Say")!.Value);
        Assert.Equal("voice?turn=2", (string?)again.Element("Gather")!.Attribute("action"));
        Assert.Equal(again.ToString(), repeated.ToString());
        Assert.Equal("phone-line", queued.Element("Enqueue")!.Value);
        Assert.Equal(("You are number 1 in the queue.", true), (waiting.Element("Say")!.Value, waiting.Element("Pause") is not null));
        Assert.Null(late.Element("Gather"));
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?channel=phone")).Items)!;
        Assert.Equal(("open", "phone-line"), ((string?)talk["status"], (string?)talk["queue"]));
        JsonArray words = (await host.GetAsync($"conversations/{talk["id"]}")).Json!["messages"]!.AsArray();
        Assert.Equal(
            ["Called", "hello → ask", "5", "ask", "a person, please", "wait", "Call ended: completed after 35 s"],
            words.Select(static one => (string?)one!["text"])
        );
        JsonArray line = (await host.GetAsync($"customers/{talk["customerId"]}/timeline")).Items;
        Assert.Equal(1, line.Count(static one => (string?)one!["kind"] == "call.started"));
        Assert.Equal(1, line.Count(static one => (string?)one!["kind"] == "call.ended"));
    }

    [Fact]
    public async Task A_caller_who_is_known_is_told_of_their_device_before_any_menu()
    {
        string secret = await host.SeedWasherAsync("wv1", "known-caller");
        await host.PutAsync("customers/known-caller", """{"name":"Aygun","identities":[{"type":"phone","value":"+994501110002"}]}""");
        await host.PublishAsync("wv1", secret, "devices/wv1/telemetry", """{"temperature":95}""");
        await Awaited.Seen(async () => (await host.GetAsync("alarms?deviceId=wv1")).Items is [{ } alarm] ? alarm : null, "the alarm");
        await host.PutAsync(
            "flows/status",
            """
            {"start":"a","nodes":{"a":{"branch":[{"when":"device.health == 'major' and case.open","next":"b"}],"otherwise":"c"},
            "b":{"sayDeviceStatus":true,"next":"c"},"c":{"hangup":true}}}
            """
        );
        await ChannelAsync("status-phone", "status", "http://127.0.0.1:9");

        XElement answer = await RingAsync("status-phone", "CA2", "+994501110002");

        Assert.Contains("Washer reports overheat", answer.Element("Say")!.Value, StringComparison.Ordinal);
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?channel=status-phone")).Items)!;
        Assert.Equal("known-caller", (string?)talk["customerId"]);
        Assert.NotNull((string?)talk["caseId"]);
    }

    [Fact]
    public async Task A_call_back_keeps_the_place_and_goes_out_when_somebody_has_it()
    {
        await using TwilioServer twilio = new("AC1", Token);
        await SetUpAsync("back", twilio.Endpoint);
        await RingAsync("back", "CA3", "+994501110003");
        XElement promised = await RingAsync("back", "CA3", "+994501110003", ("Digits", "2"), ("turn", "1"));
        await TellAsync("back", "CA3", ("CallStatus", "completed"));
        JsonNode waiting = Assert.Single((await host.GetAsync("callbacks?queue=washers&status=waiting&count=true")).Items)!;
        Assert.Empty(twilio.Taken);

        await host.SendAsync(HttpMethod.Patch, $"conversations/{waiting["conversationId"]}", """{"assignee":"aysel"}""");
        ProviderCall made = await Awaited.Seen(() => Task.FromResult(twilio.Taken.SingleOrDefault()), "the call");
        JsonNode calling = Assert.Single((await host.GetAsync("callbacks?queue=washers&status=calling")).Items)!;
        Answer done = await host.PostAsync($"callbacks/{waiting["id"]}/complete");
        Answer again = await host.PostAsync($"callbacks/{waiting["id"]}/complete");

        Assert.NotNull(promised.Element("Hangup"));
        Assert.Equal(("+994501110003", "washers", "waiting"), (Text(waiting, "number"), Text(waiting, "queue"), Text(waiting, "status")));
        Assert.Equal(Text(waiting, "requestedAt"), Text(calling, "requestedAt"));
        Assert.EndsWith("/Calls.json", made.Path, StringComparison.Ordinal);
        Assert.Contains("To=%2B994501110003", made.Body, StringComparison.Ordinal);
        Assert.Contains("Twiml=", made.Body, StringComparison.Ordinal);
        Assert.Equal(("done", "done"), (Text(done.Json!, "status"), Text(again.Json!, "status")));
        JsonArray line = (await host.GetAsync($"customers/{waiting["customerId"]}/timeline?limit=100")).Items;
        Assert.Equal(
            ["callback.calling", "callback.done", "callback.requested"],
            line.Select(static one => (string?)one!["kind"])
                .Where(static kind => kind!.StartsWith("callback.", StringComparison.Ordinal))
                .Order()
        );
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("callbacks/never/complete")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.GetAsync("callbacks?status=lost")).Status);
    }

    [Fact]
    public async Task Who_does_not_answer_the_call_back_is_told_of_as_failed()
    {
        await using TwilioServer twilio = new("AC1", Token);
        await SetUpAsync("busy", twilio.Endpoint);
        await RingAsync("busy", "CA4", "+994501110004");
        await RingAsync("busy", "CA4", "+994501110004", ("Digits", "2"), ("turn", "1"));
        await TellAsync("busy", "CA4", ("CallStatus", "completed"));
        JsonNode waiting = await OfAsync("+994501110004");
        await host.SendAsync(HttpMethod.Patch, $"conversations/{waiting["conversationId"]}", """{"assignee":"aysel"}""");
        string sid = await Awaited.Seen(() => MadeAsync((string)waiting["conversationId"]!), "the call's name");

        await TellAsync("busy", sid, ("CallStatus", "no-answer"));

        JsonNode failed = await OfAsync("+994501110004");
        Assert.Equal(("failed", "no-answer"), (Text(failed, "status"), Text(failed, "error")));
    }

    [Fact]
    public async Task A_call_goes_on_in_the_chat_where_it_was()
    {
        await using TwilioServer twilio = new("AC1", Token);
        await SetUpAsync("linked", twilio.Endpoint);
        await host.PutAsync("channels/sms", Settings("sms", "sms", null, twilio.Endpoint));
        await RingAsync("linked", "CA5", "+994501110005");
        await RingAsync("linked", "CA5", "+994501110005", ("Digits", "3"), ("turn", "1"));
        ProviderCall sent = await Awaited.Seen(() => Task.FromResult(twilio.Taken.SingleOrDefault()), "the text message");
        string text = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(sent.Body)["Body"].ToString();
        string link = text[(text.LastIndexOf("/c/", StringComparison.Ordinal) + 3)..];

        Answer visitor = await host.SendAsync(HttpMethod.Post, "/chat/api/visitors", $$"""{"link":"{{link}}"}""");
        using HttpClient chat = host.ClientWith((string?)visitor.Json!["token"]);
        Answer history = await RunningHost.SendAsync(chat, HttpMethod.Get, "/chat/api/messages", null);
        await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", """{"text":"Here I am"}""");
        Answer forged = await host.SendAsync(HttpMethod.Post, "/chat/api/visitors", $$"""{"link":"{{link[..^4]}}AAAA"}""");

        Assert.StartsWith("Go on here: http", text, StringComparison.Ordinal);
        Assert.Contains("3", history.Json!["messages"]!.AsArray().Select(static one => (string?)one!["text"]));
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?q=994501110005")).Items)!;
        Assert.Equal(["linked", "sms", "webchat"], talk["channels"]!.AsArray().Select(static one => (string?)one));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.Status);
    }

    [Fact]
    public async Task A_link_is_good_for_the_chat_alone()
    {
        await using TwilioServer twilio = new("AC1", Token);
        await SetUpAsync("narrow", twilio.Endpoint);
        await host.PutAsync("channels/sms", Settings("sms", "sms", null, twilio.Endpoint));
        await RingAsync("narrow", "CA6", "+994501110006");
        await RingAsync("narrow", "CA6", "+994501110006", ("Digits", "3"), ("turn", "1"));
        ProviderCall sent = await Awaited.Seen(() => Task.FromResult(twilio.Taken.SingleOrDefault()), "the text message");
        string text = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(sent.Body)["Body"].ToString();
        using HttpClient asLink = host.ClientWith(text[(text.LastIndexOf("/c/", StringComparison.Ordinal) + 3)..]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await RunningHost.SendAsync(asLink, HttpMethod.Get, "/chat/api/messages", null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RunningHost.SendAsync(asLink, HttpMethod.Get, "conversations", null)).Status);
    }

    [Fact]
    public async Task A_voicemail_waits_for_a_person_with_its_words()
    {
        await SetUpAsync("mailbox", "http://127.0.0.1:9");
        await RingAsync("mailbox", "CA7", "+994501110007");
        XElement record = await RingAsync("mailbox", "CA7", "+994501110007", ("Digits", "4"), ("turn", "1"));
        XElement thanks = await RingAsync(
            "mailbox",
            "CA7",
            "+994501110007",
            ("RecordingUrl", "https://api.twilio.example/r/1"),
            ("RecordingDuration", "12"),
            ("turn", "2")
        );
        await TellAsync("mailbox", "CA7", ("TranscriptionText", "It leaks again"));
        await TellAsync("mailbox", "CA7", ("TranscriptionText", "It leaks again"));

        Assert.NotNull(record.Element("Record"));
        Assert.NotNull(thanks.Element("Hangup"));
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?channel=mailbox")).Items)!;
        Assert.NotNull(talk["waitingSince"]);
        string?[] words = await WordsAsync(talk);
        Assert.Contains("Voicemail, 12 s: https://api.twilio.example/r/1", words);
        Assert.Single(words, "It leaks again");
    }

    [Fact]
    public async Task A_menu_that_is_left_asks_for_nobody()
    {
        await SetUpAsync("left", "http://127.0.0.1:9");
        await RingAsync("left", "CA8", "+994501110008");
        await TellAsync("left", "CA8", ("CallStatus", "completed"));

        JsonNode talk = Assert.Single((await host.GetAsync("conversations?channel=left")).Items)!;
        Assert.Equal(("closed", null), (Text(talk, "status"), Text(talk, "waitingSince")));
    }

    [Fact]
    public async Task Whatever_a_provider_says_is_answered_clearly()
    {
        await SetUpAsync("odd", "http://127.0.0.1:9");

        XElement hidden = await RingAsync("odd", "CA9", "anonymous");
        XElement odd = await RingAsync("odd", "CA9", "anonymous", ("Digits", "<&>\u0001" + new string('9', 500)), ("turn", "1"));
        using HttpResponseMessage nameless = await CallAsync("odd", "voice", Token, ("From", "+994501110009"));
        using HttpResponseMessage forged = await CallAsync("odd", "voice", "wrong", ("CallSid", "CA9"), ("From", "+994501110009"));

        Assert.NotNull(hidden.Element("Gather"));
        Assert.Equal("Once more", odd.Element("Gather")!.Element("Say")!.Value);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Single((await host.GetAsync("conversations?channel=odd")).Items);
    }

    [Fact]
    public async Task Without_a_menu_a_call_goes_to_its_queue()
    {
        await ChannelAsync("bare", null, "http://127.0.0.1:9");

        XElement answer = await RingAsync("bare", "CA10", "+994501110010");

        Assert.Equal("support", answer.Element("Enqueue")!.Value);
    }

    private async Task SetUpAsync(string channel, string endpoint, string queue = "washers")
    {
        Assert.True((await host.PutAsync("flows/" + channel, Menu.Replace("washers", queue, StringComparison.Ordinal))).IsSuccess);
        await ChannelAsync(channel, channel, endpoint);
    }

    private async Task ChannelAsync(string id, string? flow, string endpoint) =>
        Assert.True((await host.PutAsync("channels/" + id, Settings("voice", id, flow, endpoint))).IsSuccess);

    private static string Settings(string type, string name, string? flow, string endpoint) =>
        new JsonObject
        {
            ["type"] = type,
            ["name"] = name,
            ["flow"] = flow,
            ["settings"] = new JsonObject
            {
                ["endpoint"] = endpoint,
                ["accountSid"] = "AC1",
                ["authToken"] = Token,
                ["from"] = "+15550006789",
            },
        }.ToJsonString();

    private async Task<XElement> RingAsync(string channel, string sid, string from, params (string Name, string Value)[] fields)
    {
        // What stands in the addresses of TwiML, the provider says there again.
        (string Name, string Value)[] asked = [.. fields.Where(static one => one.Name is "turn" or "waiting" or "silent")];
        string address = "voice" + (asked.Length == 0 ? "" : "?" + string.Join('&', asked.Select(one => $"{one.Name}={one.Value}")));
        using HttpResponseMessage answer = await CallAsync(
            channel,
            address,
            Token,
            [("CallSid", sid), ("From", from), ("To", "+15550006789"), .. fields.Except(asked)]
        );
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal("text/xml", answer.Content.Headers.ContentType?.MediaType);
        return XElement.Parse(text);
    }

    private async Task TellAsync(string channel, string sid, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage answer = await CallAsync(channel, "voice/status", Token, [("CallSid", sid), .. fields]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> CallAsync(
        string channel,
        string part,
        string token,
        params (string Name, string Value)[] fields
    )
    {
        using HttpClient provider = host.ClientWith(null);
        return await new TwilioCaller(provider, token).CallAsync(channel, part, fields, TestContext.Current.CancellationToken);
    }

    private async Task<JsonNode> OfAsync(string number) =>
        (await host.GetAsync("callbacks?limit=200")).Items.Single(one => Text(one!, "number") == number)!;

    private async Task<string?> MadeAsync(string conversationId) =>
        (await host.GetAsync($"conversations/{conversationId}")).Json!["messages"]!
            .AsArray()
            .Where(static one => (string?)one!["direction"] == "out")
            .Select(static one => (string?)one!["externalId"])
            .LastOrDefault();

    private async Task<string?[]> WordsAsync(JsonNode talk) =>
        [.. (await host.GetAsync($"conversations/{talk["id"]}")).Json!["messages"]!.AsArray().Select(static one => (string?)one!["text"])];

    private static string? Text(JsonNode node, string name) => (string?)node[name];
}
