using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>What lies within queues and sites, in lists, counts, search and by itself.</summary>
public abstract class BoundsContract : StoreContract
{
    private static readonly Bounds Washers = Bounds.Of(["washers"], null)!;
    private static readonly Bounds Mall = Bounds.Of(null, ["mall"])!;
    private static readonly Bounds Both = Bounds.Of(["washers"], ["mall"])!;

    /// <summary>
    /// <c>a</c> is of the queue and the site, <c>q</c> of the queue alone, <c>s</c> of the site alone, <c>n</c> of neither; a case <c>c</c>
    /// and a conversation have no device, and are of <c>a</c>'s owner under the id that was merged away.
    /// </summary>
    private void Seed()
    {
        foreach (
            (string id, string queue, string site) in new[]
            {
                ("a", "washers", "mall"),
                ("q", "washers", "port"),
                ("s", "it", "mall"),
                ("n", "it", "port"),
            }
        )
        {
            long number = id[0];
            Commit(
                new PutCustomer(Samples.Customer("c-" + id, "Common " + id)),
                new PutDevice(Samples.Device("d-" + id, customerId: "c-" + id, siteId: site, name: "Common")),
                new PutAlarm(Samples.Alarm("m-" + id, deviceId: "d-" + id)),
                new PutCase(Samples.Case("k-" + id, number, "c-" + id, "d-" + id, queue: queue, title: "Common")),
                new AppendTimeline(Samples.Entry("e-" + id, "c-" + id, caseId: "k-" + id, deviceId: "d-" + id))
            );
        }
        Commit(
            new PutCustomer(Samples.Customer("c-old", "Older")),
            new PutCase(Samples.Case("k-c", 1, "c-old", queue: "washers", title: "Common"))
        );
        Commit(new PutMerge(Samples.Merge("c-old", "c-a")));
    }

    [Fact]
    public async Task Queues_bound_cases_and_what_belongs_to_them()
    {
        Seed();

        Assert.Equal(["k-q", "k-a", "k-c"], await CaseIds(Washers));
        Assert.Equal(["d-a", "d-q"], await DeviceIds(Washers));
        Assert.Equal(["m-a", "m-q"], await AlarmIds(Washers));
        Assert.Equal(["c-a", "c-q"], await CustomerIds(Washers));
    }

    [Fact]
    public async Task Sites_bound_devices_and_what_belongs_to_them()
    {
        Seed();

        Assert.Equal(["d-a", "d-s"], await DeviceIds(Mall));
        Assert.Equal(["m-a", "m-s"], await AlarmIds(Mall));
        Assert.Equal(["k-s", "k-a", "k-c"], await CaseIds(Mall));
        Assert.Equal(["c-a", "c-s"], await CustomerIds(Mall));
    }

    [Fact]
    public async Task Where_both_bound_a_case_is_of_both()
    {
        Seed();

        Assert.Equal(["k-a", "k-c"], await CaseIds(Both));
        Assert.Equal(["d-a", "d-s"], await DeviceIds(Both));
        Assert.Equal(2, (await Store.Cases.CountAsync(new CaseFilter { Within = Both }, Cancel)).Sum(count => count.Count));
        Assert.Equal(
            2,
            (await Store.Cases.ListAsync(new CaseFilter { Within = Both }, new PageRequest(null, 1, Count: true), Cancel)).Total
        );
    }

    [Theory]
    [InlineData(BoundKind.Case, "k-a", Standing.Within)]
    [InlineData(BoundKind.Case, "k-q", Standing.Outside)]
    [InlineData(BoundKind.Case, "nothing", Standing.Missing)]
    [InlineData(BoundKind.Device, "d-a", Standing.Within)]
    [InlineData(BoundKind.Device, "d-n", Standing.Outside)]
    [InlineData(BoundKind.Alarm, "m-a", Standing.Within)]
    [InlineData(BoundKind.Alarm, "m-n", Standing.Outside)]
    [InlineData(BoundKind.Customer, "c-a", Standing.Within)]
    [InlineData(BoundKind.Customer, "c-old", Standing.Within)]
    [InlineData(BoundKind.Customer, "c-n", Standing.Outside)]
    [InlineData(BoundKind.Conversation, "nothing", Standing.Missing)]
    [InlineData(BoundKind.Fence, "nothing", Standing.Missing)]
    public async Task One_thing_stands_as_its_list_has_it(BoundKind kind, string id, Standing standing)
    {
        Seed();

        Assert.Equal(standing, await Store.Bounds.FindAsync(kind, id, Both, Cancel));
    }

    [Fact]
    public async Task Search_and_timelines_tell_of_what_is_within_only()
    {
        Seed();

        Assert.Equal(["k-a", "k-c"], (await FindAsync(SearchKind.Cases)).Order());
        Assert.Equal(["d-a", "d-s"], (await FindAsync(SearchKind.Devices)).Order());
        Assert.Equal(["c-a", "c-s"], (await FindAsync(SearchKind.Customers)).Order());
        Page<Domain.Timeline.TimelineEntry> all = await Store.Timeline.ListAsync(
            new TimelineFilter(null) { Within = Both },
            new PageRequest(null, 50),
            Cancel
        );
        Assert.Equal(["e-a"], all.Items.Select(entry => entry.Id));
    }

    private async Task<IEnumerable<string>> FindAsync(SearchKind kind) =>
        (await Store.Search.FindAsync(kind, SearchQuery.Of("common"), 50, Cancel, Both)).Items.Select(hit => hit.Id);

    private async Task<IEnumerable<string>> CaseIds(Bounds bounds) =>
        (await AllPages(page => Store.Cases.ListAsync(new CaseFilter { Within = bounds }, page, Cancel), 2)).Select(one => one.Id);

    private async Task<IEnumerable<string>> DeviceIds(Bounds bounds) =>
        (await AllPages(page => Store.Devices.ListAsync(new DeviceFilter { Within = bounds }, page, Cancel), 2)).Select(one => one.Id);

    private async Task<IEnumerable<string>> AlarmIds(Bounds bounds) =>
        (await AllPages(page => Store.Alarms.ListAsync(new AlarmFilter { Within = bounds }, page, Cancel), 2))
            .Select(one => one.Id)
            .Order();

    private async Task<IEnumerable<string>> CustomerIds(Bounds bounds) =>
        (await AllPages(page => Store.Customers.ListAsync(null, page, Cancel, bounds), 2)).Select(one => one.Id);
}
