using OmniIoT.Devices.Models;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Alarms and cases.</summary>
public abstract class CaseContract : StoreContract
{
    [Fact]
    public async Task An_alarm_comes_back_as_written()
    {
        Alarm alarm = Samples.Alarm("a1", customerId: "c1", caseId: "k1", cleared: true);
        Commit(new PutAlarm(alarm));

        AssertSame(alarm, await Store.Alarms.FindAsync("a1", Cancel));
        Assert.Null(await Store.Alarms.FindAsync("a2", Cancel));
    }

    [Fact]
    public async Task Alarms_come_newest_first_and_are_restricted_by_every_field_of_the_filter()
    {
        Commit(
            new PutAlarm(Samples.Alarm("a1", 10, "d1", Severity.Critical)),
            new PutAlarm(Samples.Alarm("a2", 30, "d1", Severity.Minor, cleared: true)),
            new PutAlarm(Samples.Alarm("a3", 20, "d2", Severity.Critical, caseId: "k1")),
            new PutAlarm(Samples.Alarm("a4", 20, "d2", Severity.Warning))
        );

        Assert.Equal(["a2", "a4", "a3", "a1"], await AlarmIds(new AlarmFilter()));
        Assert.Equal(["a2", "a1"], await AlarmIds(new AlarmFilter(DeviceId: "d1")));
        Assert.Equal(["a2"], await AlarmIds(new AlarmFilter(State: AlarmState.Cleared)));
        Assert.Equal(["a3", "a1"], await AlarmIds(new AlarmFilter(Severity: Severity.Critical)));
        Assert.Equal(["a3"], await AlarmIds(new AlarmFilter(CaseId: "k1")));
        Assert.Equal(["a4"], await AlarmIds(new AlarmFilter("d2", AlarmState.Active, Severity.Warning)));
    }

    [Fact]
    public async Task Alarms_of_an_owner_are_those_of_the_devices_that_are_now_theirs_or_the_same_persons()
    {
        Commit(
            new PutCustomer(Samples.Customer("c1", "A")),
            new PutCustomer(Samples.Customer("c2", "B")),
            new PutCustomer(Samples.Customer("c3", "C")),
            new PutDevice(Samples.Device("d1", customerId: "c1")),
            new PutDevice(Samples.Device("d2", customerId: "c2")),
            new PutDevice(Samples.Device("d3", customerId: "c3")),
            new PutDevice(Samples.Device("d4")),
            new PutAlarm(Samples.Alarm("a1", 10, "d1", Severity.Critical, customerId: "c3")),
            new PutAlarm(Samples.Alarm("a2", 20, "d2", Severity.Critical)),
            new PutAlarm(Samples.Alarm("a3", 30, "d3", Severity.Critical, customerId: "c1")),
            new PutAlarm(Samples.Alarm("a4", 40, "d4", Severity.Critical)),
            new PutAlarm(Samples.Alarm("a5", 50, "d1", Severity.Minor)),
            new PutAlarm(Samples.Alarm("a6", 60, "d1", Severity.Critical, cleared: true))
        );
        AlarmFilter critical = new(State: AlarmState.Active, Severity: Severity.Critical);

        Assert.Equal(["a1"], await AlarmIds(critical with { OwnerId = "c1" }));
        Assert.Equal(["a6", "a5", "a1"], await AlarmIds(new AlarmFilter(OwnerId: "c1")));
        Assert.Empty(await AlarmIds(new AlarmFilter(OwnerId: "c9")));

        Commit(new PutMerge(Samples.Merge("c2", "c1")));

        Assert.Equal(["a2", "a1"], await AlarmIds(critical with { OwnerId = "c1" }));
        Assert.Equal(["a2", "a1"], await AlarmIds(critical with { OwnerId = "c2" }));
    }

    [Fact]
    public async Task A_cleared_alarm_is_no_longer_active()
    {
        Commit(new PutAlarm(Samples.Alarm("a1")));
        Commit(new PutAlarm(Samples.Alarm("a1", cleared: true)));

        Assert.Empty(await AlarmIds(new AlarmFilter(State: AlarmState.Active)));
        Assert.Equal(["a1"], await AlarmIds(new AlarmFilter(State: AlarmState.Cleared)));
    }

    [Fact]
    public async Task A_case_comes_back_as_written()
    {
        Case @case = Samples.Case("k1", 17, "c1", "d1", assignee: "aygun");
        Commit(new PutCase(@case));

        AssertSame(@case, await Store.Cases.FindAsync("k1", Cancel));
    }

    [Fact]
    public async Task Cases_come_newest_first_and_are_restricted_by_every_field_of_the_filter()
    {
        Commit(
            new PutCase(Samples.Case("k9", 1, "c1", "d1", CaseStatus.Open, "aygun", "washers", CasePriority.High, "Runs hot")),
            new PutCase(Samples.Case("k8", 2, "c1", "d2", CaseStatus.Verifying, null, "presses", CasePriority.Low, "Is loud")),
            new PutCase(Samples.Case("k7", 10, "c2", null, CaseStatus.Closed, "aygun", "washers", CasePriority.Low, "ÜTÜ sızır")),
            new PutCase(Samples.Case("k6", 3, null, "d1", CaseStatus.Resolved))
        );

        Assert.Equal(["k7", "k6", "k8", "k9"], await CaseIds(new CaseFilter()));
        Assert.Equal(["k8"], await CaseIds(new CaseFilter { Status = CaseStatus.Verifying }));
        Assert.Equal(["k6", "k9"], await CaseIds(new CaseFilter { DeviceId = "d1" }));
        Assert.Equal(["k8", "k9"], await CaseIds(new CaseFilter { CustomerId = "c1" }));
        Assert.Equal(["k7", "k9"], await CaseIds(new CaseFilter { Assignee = "aygun" }));
        Assert.Equal(["k6", "k8"], await CaseIds(new CaseFilter { Assignee = "" }));
        Assert.Equal(["k8"], await CaseIds(new CaseFilter { Queue = "presses" }));
        Assert.Equal(["k8"], await CaseIds(new CaseFilter { Queue = "Presses", IgnoresCase = true }));
        Assert.Equal(["k7", "k8"], await CaseIds(new CaseFilter { Priority = CasePriority.Low }));
        Assert.Equal(["k7"], await CaseIds(new CaseFilter { Text = "ütü" }));
        Assert.Equal(["k8", "k9"], await CaseIds(new CaseFilter { Unresolved = true }));
        Assert.Equal(["k7", "k6"], await CaseIds(new CaseFilter { Unresolved = false }));
    }

    [Fact]
    public async Task A_case_is_found_by_its_number_among_many_that_have_it_within()
    {
        Commit([.. Enumerable.Range(0, 60).Select(static i => new PutCase(Samples.Case($"k1{i:D2}", 100 + i, title: "Case 1")))]);
        Commit(new PutCase(Samples.Case("k1", 1)));

        Assert.Equal("k1", (await Store.Cases.FindByNumberAsync(1, Cancel))?.Id);
        Assert.Equal("k159", (await Store.Cases.FindByNumberAsync(159, Cancel))?.Id);
        Assert.Null(await Store.Cases.FindByNumberAsync(2, Cancel));
    }

    [Fact]
    public async Task Cases_are_found_by_what_names_the_device_and_the_customer_each_word_anywhere()
    {
        Commit(
            new PutCustomer(Samples.Customer("c1", "Qənirə Paşayeva", new Identity("phone", "+994501"))),
            new PutCustomer(Samples.Customer("c2", "Somebody Else")),
            new PutDevice(Samples.Device("press-7", name: "Hall B")),
            new PutCase(Samples.Case("k1", 1, "c1", "press-7", title: "A noise at night")),
            new PutCase(Samples.Case("k2", 2, "c2", title: "A noise by day")),
            new PutCase(Samples.Case("k3", 30, title: "50 % load"))
        );

        Assert.Equal(["k1"], await CaseIds(new CaseFilter { Text = "paşayeva" }));
        Assert.Equal(["k1"], await CaseIds(new CaseFilter { Text = "994501" }));
        Assert.Equal(["k1"], await CaseIds(new CaseFilter { Text = "hall night" }));
        Assert.Equal(["k1"], await CaseIds(new CaseFilter { Text = "PRESS-7" }));
        Assert.Equal(["k2"], await CaseIds(new CaseFilter { Text = "c2 noise" }));
        Assert.Equal(["k3"], await CaseIds(new CaseFilter { Text = "50 % load" }));
        Assert.Empty(await CaseIds(new CaseFilter { Text = "noise elsewhere" }));

        Commit(new PutMerge(Samples.Merge("c2", "c1")));

        Assert.Equal(["k2", "k1"], await CaseIds(new CaseFilter { Text = "Paşayeva" }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task The_most_pressing_cases_come_first_page_by_page(int limit)
    {
        Commit(
            new PutCase(Samples.Case("k1", 1, priority: CasePriority.Urgent)),
            new PutCase(Samples.Case("k2", 2, priority: CasePriority.Low)),
            new PutCase(Samples.Case("k3", 3, priority: CasePriority.Normal)),
            new PutCase(Samples.Case("k4", 4, priority: CasePriority.High)),
            new PutCase(Samples.Case("k5", 5, priority: CasePriority.Urgent)),
            new PutCase(Samples.Case("k6", 6, status: CaseStatus.Closed, priority: CasePriority.Urgent))
        );
        CaseFilter filter = new() { Unresolved = true };

        List<Case> listed = await AllPages(page => Store.Cases.ListAsync(filter, page, Cancel, CaseOrder.Pressing), limit);

        Assert.Equal(["k5", "k1", "k4", "k3", "k2"], listed.Select(@case => @case.Id));
    }

    [Fact]
    public async Task The_total_is_that_of_the_filter_on_every_page_and_only_where_it_is_wanted()
    {
        Commit(
            Enumerable
                .Range(1, 7)
                .Select(number => new PutCase(Samples.Case($"k{number}", number, queue: number < 3 ? "presses" : "support")))
        );
        CaseFilter filter = new() { Queue = "support" };

        Page<Case> first = await Store.Cases.ListAsync(filter, new PageRequest(null, 2, Count: true), Cancel);
        Page<Case> second = await Store.Cases.ListAsync(filter, new PageRequest(first.Next, 2, Count: true), Cancel);

        Assert.Equal((5, 5), (first.Total, second.Total));
        Assert.Null((await Store.Cases.ListAsync(filter, new PageRequest(null, 2), Cancel)).Total);
    }

    [Fact]
    public async Task Cases_are_counted_by_queue_and_status_within_the_filter()
    {
        Commit(
            new PutCase(Samples.Case("k1", 1, status: CaseStatus.Open, queue: "presses")),
            new PutCase(Samples.Case("k2", 2, status: CaseStatus.Open, queue: "presses")),
            new PutCase(Samples.Case("k3", 3, status: CaseStatus.Closed, queue: "presses")),
            new PutCase(Samples.Case("k4", 4, status: CaseStatus.Open, queue: "support", assignee: "aygun"))
        );

        Assert.Equal(
            [
                new CaseCount("presses", CaseStatus.Closed, 1),
                new CaseCount("presses", CaseStatus.Open, 2),
                new CaseCount("support", CaseStatus.Open, 1),
            ],
            await Store.Cases.CountAsync(new CaseFilter(), Cancel)
        );
        Assert.Equal(
            [new CaseCount("support", CaseStatus.Open, 1)],
            await Store.Cases.CountAsync(new CaseFilter { Assignee = "aygun" }, Cancel)
        );
        Assert.Empty(await Store.Cases.CountAsync(new CaseFilter { Text = "nothing like it" }, Cancel));
    }

    private async Task<IEnumerable<string>> AlarmIds(AlarmFilter filter) =>
        (await AllPages(page => Store.Alarms.ListAsync(filter, page, Cancel), 1)).Select(alarm => alarm.Id);

    private async Task<IEnumerable<string>> CaseIds(CaseFilter filter) =>
        (await AllPages(page => Store.Cases.ListAsync(filter, page, Cancel), 2)).Select(@case => @case.Id);
}
