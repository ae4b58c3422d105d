using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Customers, where they were, what they were offered and what campaigns made of it.</summary>
public abstract class CustomerContract : StoreContract
{
    [Fact]
    public async Task A_customer_comes_back_as_written()
    {
        Customer customer = Samples.Customer("c1", "Leyla", new Identity("email", "leyla@example.com"));
        Commit(new PutCustomer(customer));

        AssertSame(customer, await Store.Customers.FindAsync("c1", Cancel));
        Assert.Null(await Store.Customers.FindAsync("c2", Cancel));
    }

    [Fact]
    public async Task Customers_are_found_by_exact_identity()
    {
        Commit(
            new PutCustomer(Samples.Customer("c2", "A", new Identity("phone", "+994501"), new Identity("email", "x@y.az"))),
            new PutCustomer(Samples.Customer("c1", "B", new Identity("phone", "+994501"), new Identity("phone", "+994501")))
        );
        Assert.Equal(["c1", "c2"], await Store.Customers.FindByIdentityAsync("phone", "+994501", Cancel));
        Assert.Empty(await Store.Customers.FindByIdentityAsync("email", "+994501", Cancel));

        Commit(new PutCustomer(Samples.Customer("c2", "A", new Identity("email", "x@y.az"))));

        Assert.Equal(["c1"], await Store.Customers.FindByIdentityAsync("phone", "+994501", Cancel));
    }

    [Theory]
    [InlineData("email", "ann@example.com")]
    [InlineData("email", " ANN@Example.com ")]
    [InlineData("phone", "+994501234567")]
    [InlineData("phone", "+994 (50) 123-45-67")]
    [InlineData("phone", "00994501234567")]
    public async Task An_identity_is_the_same_however_it_was_typed(string type, string value)
    {
        Commit(
            new PutCustomer(
                Samples.Customer("c1", "A", new Identity("email", "Ann@Example.com"), new Identity("phone", "+994 50 123 45 67"))
            )
        );
        Commit(
            new PutCustomer(
                Samples.Customer("c2", "B", new Identity("email", "ann@example.com"), new Identity("phone", "00994-50-1234567"))
            )
        );
        Commit(
            new PutCustomer(Samples.Customer("c3", "C", new Identity("email", "ann@example.org"), new Identity("phone", "+994501234568")))
        );

        Assert.Equal(["c1", "c2"], await Store.Customers.FindByIdentityAsync(type, value, Cancel));
        Assert.Equal(
            ["c1", "c2"],
            (await Store.Customers.ListAsync(value.Trim(), new PageRequest(null, 10), Cancel)).Items.Select(customer => customer.Id)
        );
        Assert.Equal("Ann@Example.com", (await Store.Customers.FindAsync("c1", Cancel))!.Identities[0].Value);
    }

    [Fact]
    public async Task What_is_no_number_with_its_country_is_compared_as_it_stands()
    {
        Commit(new PutCustomer(Samples.Customer("c1", "A", new Identity("phone", "call reception"), new Identity("telegram", "@Ann"))));

        Assert.Equal(["c1"], await Store.Customers.FindByIdentityAsync("phone", "call reception", Cancel));
        Assert.Empty(await Store.Customers.FindByIdentityAsync("telegram", "@ann", Cancel));
    }

    [Theory]
    [InlineData(null, "c1", "c2", "c3")]
    [InlineData("EXAMPLE", "c1", "c2")]
    [InlineData("rəna", "c3")]
    [InlineData("C2", "c2")]
    public async Task Customers_are_listed_by_id_and_found_by_id_name_or_identity(string? text, params string[] expected)
    {
        Commit(
            new PutCustomer(Samples.Customer("c3", "Rəna")),
            new PutCustomer(Samples.Customer("c1", "Leyla", new Identity("email", "leyla@example.com"))),
            new PutCustomer(Samples.Customer("c2", null, new Identity("email", "x@example.com")))
        );

        List<Customer> found = await AllPages(page => Store.Customers.ListAsync(text, page, Cancel), 2);

        Assert.Equal(expected, found.Select(customer => customer.Id));
    }

    [Fact]
    public async Task Visits_come_newest_first_and_are_replaced_when_they_end()
    {
        Commit(Enumerable.Range(1, 3).Select(i => new PutVisit(Samples.Visit($"v{i}", enteredAt: i))));
        Commit(new PutVisit(Samples.Visit("v1", enteredAt: 1, exitedAt: 90)), new PutVisit(Samples.Visit("v1", "c2", 5)));

        List<Visit> visits = await AllPages(page => Store.Customers.VisitsAsync("c1", page, Cancel), 2);

        Assert.Equal(["v3", "v2", "v1"], visits.Select(visit => visit.Id));
        Assert.Equal(89, visits[2].DwellSeconds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task Customers_in_a_place_are_listed_by_entry(int limit)
    {
        Commit(
            new PutCustomer(Samples.Customer("c1", "Leyla")),
            new PutVisit(Samples.Visit("same", "c2", 5)),
            new PutVisit(Samples.Visit("same", "c1", 5)),
            new PutVisit(Samples.Visit("early", "c1", 1)),
            new PutVisit(Samples.Visit("gone", "c1", 0, 10))
        );

        List<PresentVisit> present = await AllPages(page => Store.Customers.PresentAsync(page, Cancel), limit);

        Assert.Equal(
            [("c1", "Leyla", "early"), ("c1", "Leyla", "same"), ("c2", null, "same")],
            present.Select(visit => (visit.CustomerId, visit.Name, visit.Visit.Id))
        );
    }

    [Fact]
    public async Task A_customer_who_was_merged_away_is_the_survivor_in_every_question()
    {
        Commit(Three());
        Commit(new PutMerge(Samples.Merge("c2", "c1")));

        foreach (string id in new[] { "c1", "c2" })
        {
            Assert.Equal("c1", (await Store.Customers.FindAsync(id, Cancel))!.Id);
            Assert.Equal(
                ["v2", "v1"],
                (await AllPages(page => Store.Customers.VisitsAsync(id, page, Cancel), 1)).Select(visit => visit.Id)
            );
            Assert.Equal(
                ["o2", "o1"],
                (await AllPages(page => Store.Customers.OffersAsync(id, page, Cancel), 1)).Select(offer => offer.Id)
            );
            Assert.Equal(
                ["x2", "x1"],
                (await AllPages(page => Store.Customers.DecisionsAsync(id, page, Cancel), 1)).Select(decision => decision.Id)
            );
            Assert.Equal(
                ["e2", "e1"],
                (await AllPages(page => Store.Timeline.ListAsync(new TimelineFilter(id), page, Cancel), 1)).Select(entry => entry.Id)
            );
            Assert.Equal(
                ["d1", "d2"],
                (await AllPages(page => Store.Devices.ListAsync(new DeviceFilter(CustomerId: id), page, Cancel), 1)).Select(device =>
                    device.Id
                )
            );
            Assert.Equal(
                ["k2", "k1"],
                (await AllPages(page => Store.Cases.ListAsync(new CaseFilter { CustomerId = id }, page, Cancel), 1)).Select(found =>
                    found.Id
                )
            );
            Assert.Equal(
                ["t2", "t1"],
                (await AllPages(page => Store.Conversations.ListAsync(new ConversationFilter(CustomerId: id), page, Cancel), 1)).Select(
                    talk => talk.Id
                )
            );
        }
        Assert.Equal(
            ["c1", "c3"],
            (await AllPages(page => Store.Customers.ListAsync(null, page, Cancel), 1)).Select(customer => customer.Id)
        );
        Assert.Equal(
            ["N1", "N1", "N3"],
            (await AllPages(page => Store.Customers.PresentAsync(page, Cancel), 1)).Select(visit => visit.Name)
        );
        Assert.Equal(["c1", "c2", "c3"], await Store.Customers.FindByIdentityAsync("phone", "+994501", Cancel));
    }

    [Fact]
    public async Task A_merge_that_is_undone_leaves_everything_where_it_was()
    {
        Commit(Three());
        Commit(new PutMerge(Samples.Merge("c3", "c2")), new PutMerge(Samples.Merge("c2", "c1")));
        Assert.Equal("c1", (await Store.Customers.FindAsync("c3", Cancel))!.Id);
        AssertSame(Samples.Merge("c3", "c2"), await Store.Customers.FindMergeAsync("c3", Cancel));
        Assert.Equal(["c2", "c3"], (await Store.Customers.MergesAsync(Cancel)).Select(merge => merge.Id));
        Assert.Equal(["c3"], (await Store.Customers.MergesIntoAsync("c2", Cancel)).Select(merge => merge.Id));
        Assert.Equal(["c2"], (await Store.Customers.MergesIntoAsync("c1", Cancel)).Select(merge => merge.Id));

        Commit(new RemoveMerge("c2"));

        Assert.Equal(
            ["e1"],
            (await AllPages(page => Store.Timeline.ListAsync(new TimelineFilter("c1"), page, Cancel), 1)).Select(entry => entry.Id)
        );
        Assert.Equal(
            ["e3", "e2"],
            (await AllPages(page => Store.Timeline.ListAsync(new TimelineFilter("c3"), page, Cancel), 1)).Select(entry => entry.Id)
        );
        Assert.Equal("c2", (await Store.Customers.FindAsync("c3", Cancel))!.Id);
        Assert.Null(await Store.Customers.FindMergeAsync("c2", Cancel));
    }

    [Fact]
    public void A_merge_that_another_was_faster_with_is_a_conflict()
    {
        Commit(Three());
        Commit(new PutMerge(Samples.Merge("c2", "c1")));

        foreach (
            Effect effect in new Effect[]
            {
                new PutMerge(Samples.Merge("c2", "c3")),
                new PutMerge(Samples.Merge("c1", "c2")),
                new PutMerge(Samples.Merge("c9", "c1")),
                new PutMerge(Samples.Merge("c3", "c9")),
                new RemoveMerge("c1"),
            }
        )
        {
            CommitUnit unit = UnitOf(effect);
            Store.Commits.Commit([unit]);
            Assert.Equal(CommitOutcome.Conflict, unit.Outcome);
        }
    }

    [Fact]
    public async Task Merges_of_one_unit_are_judged_in_their_order()
    {
        Commit(Three());
        foreach (
            Effect[] effects in new Effect[][]
            {
                [new PutMerge(Samples.Merge("c1", "c2")), new PutMerge(Samples.Merge("c2", "c1"))],
                [new PutMerge(Samples.Merge("c1", "c2")), new PutMerge(Samples.Merge("c2", "c3")), new PutMerge(Samples.Merge("c3", "c1"))],
                [new PutMerge(Samples.Merge("c1", "c2")), new PutMerge(Samples.Merge("c1", "c3"))],
                [new PutMerge(Samples.Merge("c2", "c1")), new PutMerge(Samples.Merge("c3", "c2"))],
                [new PutMerge(Samples.Merge("c1", "c1"))],
                [new PutMerge(Samples.Merge("c1", "c2")), new RemoveMerge("c1"), new RemoveMerge("c1")],
            }
        )
        {
            CommitUnit unit = UnitOf(effects);
            Store.Commits.Commit([unit]);
            Assert.Equal(CommitOutcome.Conflict, unit.Outcome);
            Assert.Empty(await Store.Customers.MergesAsync(Cancel));
        }

        Commit(new PutMerge(Samples.Merge("c1", "c2")), new RemoveMerge("c1"), new PutMerge(Samples.Merge("c2", "c1")));

        Assert.Equal("c1", (await Store.Customers.FindAsync("c2", Cancel))!.Id);
    }

    [Fact]
    public void Of_two_opposite_merges_of_one_commit_the_second_is_a_conflict()
    {
        Commit(Three());
        CommitUnit first = UnitOf(new PutMerge(Samples.Merge("c1", "c2")));
        CommitUnit second = UnitOf(new PutMerge(Samples.Merge("c2", "c1")));

        Store.Commits.Commit([first, second]);

        Assert.Equal((CommitOutcome.Committed, CommitOutcome.Conflict), (first.Outcome, second.Outcome));
    }

    [Fact]
    public async Task Erasing_a_survivor_ends_its_merges()
    {
        Commit(Three());
        Commit(new PutMerge(Samples.Merge("c3", "c2")), new PutMerge(Samples.Merge("c2", "c1")));

        Commit(new EraseCustomer("c3"));
        Assert.Equal("c1", (await Store.Customers.FindAsync("c3", Cancel))!.Id);
        Commit(new EraseCustomer("c2"), new EraseCustomer("c1"));

        Assert.Empty(await Store.Customers.MergesAsync(Cancel));
        Assert.Null(await Store.Customers.FindAsync("c2", Cancel));
    }

    private static IEnumerable<Effect> Three() =>
        Enumerable
            .Range(1, 3)
            .SelectMany(i =>
                new Effect[]
                {
                    new PutCustomer(Samples.Customer($"c{i}", $"N{i}", new Identity("phone", "+994501"))),
                    new PutVisit(Samples.Visit($"v{i}", $"c{i}", i)),
                    new PutOffer(Samples.Offer($"o{i}", $"c{i}", sentAt: i)),
                    new AppendDecision($"c{i}", Samples.Decision($"x{i}", OfferReason.Cap, i)),
                    new AppendTimeline(Samples.Entry($"e{i}", $"c{i}", i)),
                    new PutDevice(Samples.Device($"d{i}", customerId: $"c{i}")),
                    new PutCase(Samples.Case($"k{i}", i, $"c{i}")),
                    new PutConversation(Samples.Conversation($"t{i}", $"c{i}", i)),
                }
            );

    [Fact]
    public async Task Offers_and_decisions_come_newest_first()
    {
        Commit(
            Enumerable
                .Range(1, 3)
                .SelectMany(i =>
                    new Effect[]
                    {
                        new PutOffer(Samples.Offer($"o{i}", sentAt: i)),
                        new AppendDecision("c1", Samples.Decision($"x{i}", OfferReason.Cap, i)),
                    }
                )
        );
        Commit(new PutOffer(Samples.Offer("o9", "c2")), new AppendDecision("c2", Samples.Decision("x9", OfferReason.Cap)));

        Assert.Equal(
            ["o3", "o2", "o1"],
            (await AllPages(page => Store.Customers.OffersAsync("c1", page, Cancel), 2)).Select(offer => offer.Id)
        );
        List<RecordedDecision> decisions = await AllPages(page => Store.Customers.DecisionsAsync("c1", page, Cancel), 2);
        Assert.Equal(["x3", "x2", "x1"], decisions.Select(decision => decision.Id));
        AssertSame(Samples.Decision("x3", OfferReason.Cap, 3), decisions[0]);
        Assert.Equal(Samples.Offer("o9", "c2"), await Store.Customers.FindOfferAsync("o9", Cancel));
        Assert.Null(await Store.Customers.FindOfferAsync("o10", Cancel));
    }

    [Fact]
    public void A_budget_is_never_overspent()
    {
        CommitUnit Spend(params string[] offers) =>
            UnitOf(offers.SelectMany(id => new Effect[] { new PutOffer(Samples.Offer(id)), new SpendBudget("espresso", 3) }));
        CommitUnit[] units = [Spend("o1", "o2"), Spend("o3", "o4"), Spend("o5"), Spend("o6")];

        Store.Commits.Commit(units);

        Assert.Equal(
            [CommitOutcome.Committed, CommitOutcome.Conflict, CommitOutcome.Committed, CommitOutcome.Conflict],
            units.Select(unit => unit.Outcome)
        );
    }

    [Fact]
    public async Task A_report_counts_decisions_by_reason_once_each()
    {
        AppendDecision sent = new("c1", Samples.Decision("x1", OfferReason.Sent));
        Commit(
            sent,
            new AppendDecision("c1", Samples.Decision("x2", OfferReason.QuietHours)),
            new AppendDecision("c2", Samples.Decision("x3", OfferReason.QuietHours)),
            new AppendDecision("c2", Samples.Decision("x4", OfferReason.Cap, campaignId: "another"))
        );
        Commit(sent);

        CampaignReport report = await Store.Campaigns.ReportAsync("espresso", Cancel);

        Assert.Equal(new Dictionary<string, long> { ["sent"] = 1, ["quietHours"] = 2 }, report.Decisions);
        Assert.Empty((await Store.Campaigns.ReportAsync("unknown", Cancel)).Decisions);
    }

    [Fact]
    public async Task A_report_counts_an_offer_once_in_every_state_it_reached()
    {
        void Reach(string id, params OfferState[] states)
        {
            foreach (OfferState state in states)
                Commit(new PutOffer(Samples.Offer(id, state: state)));
        }
        Reach("waits", OfferState.Sent, OfferState.Sent);
        Reach("used", OfferState.Sent, OfferState.Delivered, OfferState.Opened, OfferState.Redeemed, OfferState.Redeemed);
        Reach("opened at once", OfferState.Sent, OfferState.Opened);
        Reach("shown at the till", OfferState.Sent, OfferState.Redeemed);
        Reach("forgotten", OfferState.Sent, OfferState.Delivered, OfferState.Expired);

        CampaignReport report = await Store.Campaigns.ReportAsync("espresso", Cancel);

        Assert.Equal((5, 3, 2, 2, 1), (report.Sent, report.Delivered, report.Opened, report.Redeemed, report.Expired));
    }
}
