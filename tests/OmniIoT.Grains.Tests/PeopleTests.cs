using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.State;
using OmniIoT.TestKit;

namespace OmniIoT.Grains.Tests;

public sealed class PeopleTests
{
    private const string Fence = """
        { "siteId": "shop", "name": "Door", "geometry": { "type": "Point", "coordinates": [49.86, 40.41] }, "radiusMeters": 50 }
        """;

    private const string Campaign = """
        { "name": "Week", "fenceIds": ["door"], "trigger": "enter", "content": { "title": "Hello {{customer.name}}", "text": "Beans" } }
        """;

    [Fact]
    public async Task A_new_device_gets_a_secret_once_and_a_replaced_one_keeps_it()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();

        DeviceRegistered created = await harness.RegisterAsync("w1");
        DeviceRegistered replaced = await harness.RegisterAsync("w1");

        string hash = (await harness.Get<ICredentialStore>().FindSecretHashAsync(EntityId.Device("w1"), CancellationToken.None))!;
        Assert.True(SecretHasher.Verify(System.Text.Encoding.UTF8.GetBytes(created.Secret!), hash));
        byte[] kept = (await harness.Get<ICredentialStore>().FindSealedSecretAsync(EntityId.Device("w1"), CancellationToken.None))!;
        Assert.Equal(created.Secret, harness.Get<SecretSealer>().Open(EntityId.Device("w1"), kept));
        Assert.Null(replaced.Secret);
        Assert.Equal(2, replaced.Device.Version);
    }

    [Fact]
    public async Task A_customers_app_token_is_kept_as_a_hash_only()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");

        await harness.AskAsync(grains => grains.Customer("ann").RotateTokenAsync());

        Assert.NotNull(await harness.Get<ICredentialStore>().FindSecretHashAsync(EntityId.Customer("ann"), CancellationToken.None));
        Assert.Null(await harness.Get<ICredentialStore>().FindSealedSecretAsync(EntityId.Customer("ann"), CancellationToken.None));
    }

    [Fact]
    public async Task A_customer_who_enters_a_fence_gets_one_offer_in_the_same_commit()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await ArrangePlacesAsync(harness);
        await harness.AddCustomerAsync("ann");

        await harness.SendAsync(EntityId.Customer("ann"), ("location", """{"lat":40.41,"lon":49.86,"accuracy":8}"""));

        IReadOnlyList<TimelineEntry> timeline = await harness.TimelineAsync("ann");
        Assert.Equal([TimelineKind.OfferSent, TimelineKind.VisitEntered], timeline.Take(2).Select(entry => entry.Kind));
        Offer offer = Assert.Single(
            (await harness.Get<ICustomerQueries>().OffersAsync("ann", new PageRequest(), CancellationToken.None)).Items
        );
        Assert.Equal("Hello Ann", offer.Title);
        RecordedDecision decision = Assert.Single(
            (await harness.Get<ICustomerQueries>().DecisionsAsync("ann", new PageRequest(), CancellationToken.None)).Items
        );
        Assert.Equal((OfferReason.Sent, "door"), (decision.Reason, decision.FenceId));
        Downlink downlink = await harness.Publisher.NextAsync();
        Assert.Equal("customers/ann/offers", downlink.Topic);
        Assert.Equal(offer, JsonSerializer.Deserialize<Offer>(downlink.Payload, OmniJson.Options));
    }

    [Fact]
    public async Task A_fix_inside_that_comes_after_a_younger_one_outside_is_a_visit_in_the_past_and_no_offer()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await ArrangePlacesAsync(harness);
        await harness.AddCustomerAsync("ann");
        Instant then = harness.Now - TimeSpan.FromMinutes(5);

        await harness.SendAsync(
            EntityId.Customer("ann"),
            ("location", $$"""{"ts":{{harness.Now.UnixMilliseconds}},"lat":40.43,"lon":49.88}"""),
            ("location", $$"""{"ts":{{then.UnixMilliseconds}},"lat":40.41,"lon":49.86}""")
        );

        Visit visit = Assert.Single(
            (await harness.Get<ICustomerQueries>().VisitsAsync("ann", new PageRequest(), CancellationToken.None)).Items
        );
        Assert.Equal((then, then, 40.41, 49.86), (visit.EnteredAt, visit.ExitedAt, visit.Lat, visit.Lon));
        RecordedDecision decision = Assert.Single(
            (await harness.Get<ICustomerQueries>().DecisionsAsync("ann", new PageRequest(), CancellationToken.None)).Items
        );
        Assert.Equal((OfferReason.Stale, "door"), (decision.Reason, decision.FenceId));
        Assert.Empty((await harness.Get<ICustomerQueries>().OffersAsync("ann", new PageRequest(), CancellationToken.None)).Items);
    }

    [Theory]
    [InlineData("location", """{"ts":$AHEAD,"lat":40.415,"lon":49.865}""", """{"lat":40.41,"lon":49.86}""")]
    [InlineData(
        "sightings",
        """{"ts":$AHEAD,"beacon":"F7826DA6-4FA2-4E98-8024-BC5B71E0893E:1:2","rssi":-95}""",
        """{"beacon":"F7826DA6-4FA2-4E98-8024-BC5B71E0893E:1:2","rssi":-40}"""
    )]
    public async Task Where_a_phone_with_a_clock_ahead_was_does_not_hide_where_it_is(string topic, string ahead, string follows)
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await ArrangePlacesAsync(harness);
        await harness.PutAsync(DocumentKind.Beacon, "F7826DA6-4FA2-4E98-8024-BC5B71E0893E:1:2", """{"siteId":"shop","name":"Shelf"}""");
        await harness.AddCustomerAsync("ann");

        await harness.SendAsync(
            EntityId.Customer("ann"),
            (
                topic,
                ahead.Replace(
                    "$AHEAD",
                    (harness.Now + TimeSpan.FromSeconds(2)).UnixMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                )
            ),
            (topic, follows)
        );

        Assert.Contains(TimelineKind.VisitEntered, (await harness.TimelineAsync("ann")).Select(entry => entry.Kind));
    }

    [Fact]
    public async Task An_open_case_holds_back_a_campaign_that_says_so()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await ArrangePlacesAsync(
            harness,
            Campaign.Replace("\"trigger\"", "\"suppressOn\":[\"openCase\"],\"trigger\"", StringComparison.Ordinal)
        );
        await harness.AddCustomerAsync("ann");
        await harness.RegisterAsync("w1", "ann");
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":85}"""));

        await harness.SendAsync(EntityId.Customer("ann"), ("location", """{"lat":40.41,"lon":49.86}"""));

        RecordedDecision decision = Assert.Single(
            (await harness.Get<ICustomerQueries>().DecisionsAsync("ann", new PageRequest(), CancellationToken.None)).Items
        );
        Assert.Equal(OfferReason.Suppressed, decision.Reason);
    }

    [Fact]
    public async Task An_acknowledged_offer_is_delivered_and_its_code_redeems_it_once()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await ArrangePlacesAsync(harness);
        await harness.AddCustomerAsync("ann");
        await harness.SendAsync(EntityId.Customer("ann"), ("location", """{"lat":40.41,"lon":49.86}"""));
        Downlink downlink = await harness.Publisher.NextAsync();
        Offer offer = JsonSerializer.Deserialize<Offer>(downlink.Payload, OmniJson.Options)!;

        await harness
            .Get<IIngress>()
            .NotifyAsync(
                EntityId.Customer("ann"),
                new DownlinkProgress(harness.Now, downlink.Reference, 1, Acknowledged: true),
                CancellationToken.None
            );
        Offer redeemed = await harness.AskAsync(grains =>
            grains.Customer("ann").RedeemOfferAsync(new RedeemOffer(offer.Id, offer.Code, "shop"))
        );
        Reply<Offer> again = await harness.Grains.Customer("ann").RedeemOfferAsync(new RedeemOffer(offer.Id, offer.Code, "shop"));

        Assert.Equal(OfferState.Redeemed, redeemed.State);
        Assert.Equal(RejectionKind.Conflict, again.Rejection?.Kind);
        Assert.Equal(
            [TimelineKind.OfferRedeemed, TimelineKind.OfferDelivered, TimelineKind.OfferSent],
            (await harness.TimelineAsync("ann")).Take(3).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public async Task A_tag_heard_by_a_scanner_brings_its_customer_near()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.PutAsync(DocumentKind.Site, "shop", """{"name":"Shop"}""");
        await harness.AddCustomerAsync("ann", new Identity("tag", "tag-7"));
        await harness.RegisterAsync("scanner", siteId: "shop");

        await harness.SendAsync(EntityId.Device("scanner"), ("sightings", """[{"tag":"tag-7","rssi":-50},{"tag":"nobody","rssi":-50}]"""));

        IReadOnlyList<TimelineEntry> timeline = await Awaited.Seen<IReadOnlyList<TimelineEntry>>(
            async () => await harness.TimelineAsync("ann") is { Count: > 1 } entries ? entries : null,
            "visit by the tag"
        );
        Assert.Equal((TimelineKind.VisitEntered, "shop"), (timeline[0].Kind, timeline[0].Refs.SiteId));
        await Awaited.Seen<object>(
            async () => (await harness.Get<IGrainMail>().PendingAsync(null, 10, CancellationToken.None)).Count == 0 ? new object() : null,
            "empty mail"
        );
    }

    [Fact]
    public async Task Silence_is_noticed_by_the_heartbeat()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.RegisterAsync("w1");
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":20}"""));

        harness.Time.Advance(TimeSpan.FromMinutes(16));

        TwinView twin = await Awaited.Seen(
            async () =>
            {
                harness.Time.Advance(TimeSpan.FromSeconds(1));
                return await harness.Get<ITwinQueries>().FindAsync("w1", CancellationToken.None) is { Alarms.Count: 1 } seen ? seen : null;
            },
            "alarm of silence"
        );
        Assert.Equal("silent", twin.Alarms[0].Type);
    }

    [Fact]
    public async Task A_device_is_connected_only_while_this_process_knows_of_a_connection()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.RegisterAsync("w1");
        await harness
            .Get<IIngress>()
            .NotifyAsync(
                EntityId.Device("w1"),
                new SessionOpened(harness.Now, harness.Get<IProcesses>().Own, "c1", "127.0.0.1"),
                CancellationToken.None
            );
        await harness.RegisterAsync("w1");
        Assert.True((await harness.Get<ITwinQueries>().FindAsync("w1", CancellationToken.None))!.Connected);

        await harness.RestartAsync();

        Assert.False((await harness.Get<ITwinQueries>().FindAsync("w1", CancellationToken.None))!.Connected);
    }

    [Fact]
    public async Task An_erased_customer_leaves_nothing_and_their_device_goes_on()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.RegisterAsync("w1", "ann");
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":85}"""));

        await harness.Get<Removals>().EraseCustomerAsync("ann", null, CancellationToken.None);

        Assert.Null(await harness.Get<ICustomerQueries>().FindAsync("ann", CancellationToken.None));
        Assert.Empty(await harness.TimelineAsync("ann"));
        DeviceRegistration device = (await harness.Get<IDeviceQueries>().FindAsync("w1", CancellationToken.None))!;
        Assert.Null(device.CustomerId);
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":86}"""));
        Assert.Empty(await harness.TimelineAsync("ann"));
        Assert.Contains(EntityId.Customer("ann"), harness.Publisher.Disconnected);
    }

    [Fact]
    public async Task A_conversation_stands_on_the_timeline_and_the_answer_goes_to_the_app()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");

        MessageStored asked = await harness.AskAsync(grains =>
            grains.Customer("ann").ReceiveMessageAsync(new ReceiveMessage("webchat", "customer:ann", "It leaks", null))
        );
        MessageStored answered = await harness.AskAsync(grains =>
            grains.Customer("ann").PostMessageAsync(new PostMessage(asked.Conversation.Id, "agent:bo", "We are on it"))
        );

        Assert.Equal(asked.Conversation.Id, answered.Conversation.Id);
        Assert.Equal(("It leaks", "We are on it"), (answered.Conversation.Subject, answered.Conversation.LastMessage));
        Assert.Equal(["We are on it", "It leaks"], (await harness.TimelineAsync("ann")).Take(2).Select(entry => entry.Text));
        Assert.Equal("customers/ann/messages", (await harness.Publisher.NextAsync()).Topic);
    }

    [Theory]
    [InlineData("w1")]
    [InlineData(null)]
    public async Task The_first_answer_in_a_conversation_about_a_case_is_the_cases_first_response(string? deviceId)
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.RegisterAsync("w1", "ann");
        Case opened = await harness.AskAsync(grains =>
            grains
                .Of(deviceId is null ? EntityId.Customer("ann") : EntityId.Device(deviceId))
                .OpenCaseAsync(new OpenCase("ann", deviceId, "It leaks", CasePriority.Normal, "support", CaseOpener.Agent, "agent:bo"))
        );
        MessageStored asked = await harness.AskAsync(grains =>
            grains.Customer("ann").ReceiveMessageAsync(new ReceiveMessage("webchat", "customer:ann", "It leaks", null))
        );
        await harness.AskAsync(grains =>
            grains
                .Customer("ann")
                .ChangeConversationAsync(
                    new ChangeConversation
                    {
                        ConversationId = asked.Conversation.Id,
                        Status = null,
                        Assignee = null,
                        ExpectedVersion = null,
                        CaseId = opened.Id,
                    }
                )
        );
        await harness.AskAsync(grains => grains.Of(opened.Owner).NoteCaseAsync(new NoteCase(opened.Id, "I look at it", "agent:bo")));
        Assert.Null((await StoredAsync()).Sla.FirstRespondedAt);

        MessageStored answered = await harness.AskAsync(grains =>
            grains.Customer("ann").PostMessageAsync(new PostMessage(asked.Conversation.Id, "agent:bo", "We come"))
        );

        Case responded = await Awaited.Seen(
            async () => await StoredAsync() is { Sla.FirstRespondedAt: not null } found ? found : null,
            "response of the case"
        );
        Assert.Equal(answered.Message.At, responded.Sla.FirstRespondedAt);

        async Task<Case> StoredAsync() => (await harness.Get<ICaseQueries>().FindAsync(opened.Id, CancellationToken.None))!;
    }

    [Fact]
    public async Task Two_devices_with_one_trouble_are_told_to_their_owner_once()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.PutAsync(
            DocumentKind.Model,
            "washer",
            GrainsHarness.Model.Replace(
                "\"temperature > 80\",",
                "\"temperature > 80\", \"notify\": { \"text\": \"It is hot.\" },",
                StringComparison.Ordinal
            )
        );
        await harness.AddCustomerAsync("ann");
        await harness.RegisterAsync("w1", "ann");
        await harness.RegisterAsync("w2", "ann");

        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":86}"""));
        await Awaited.Seen(async () => await NoticesAsync() is [var notice] ? notice : null, "notice");
        await harness.SendAsync(EntityId.Device("w2"), ("telemetry", """{"temperature":86}"""));
        await Awaited.Seen(
            async () => await harness.Get<IGrainMail>().PendingAsync(null, 1, CancellationToken.None) is [] ? "" : null,
            "end of the letters"
        );

        Assert.Equal("w1", Assert.Single(await NoticesAsync()).Refs.DeviceId);

        async Task<IReadOnlyList<TimelineEntry>> NoticesAsync() =>
            [.. (await harness.TimelineAsync("ann")).Where(entry => entry.Kind == TimelineKind.MessageSent)];
    }

    private static async Task ArrangePlacesAsync(GrainsHarness harness, string campaign = Campaign)
    {
        await harness.PutAsync(DocumentKind.Site, "shop", """{"name":"Shop"}""");
        await harness.PutAsync(DocumentKind.Fence, "door", Fence);
        await harness.PutAsync(DocumentKind.Campaign, "week", campaign);
    }
}
