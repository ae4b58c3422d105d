using System.Text.Json.Nodes;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>Commands and messages reach a device in the order they were given, whenever a session comes and whatever crosses.</summary>
public sealed class DownlinkOrderTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void The_next_goes_when_the_one_before_has_reached_somebody()
    {
        string first = Sent(Ask())!;
        Assert.Null(Sent(Ask()));
        Assert.Null(Sent(Ask()));

        string second = Sent(Told(first, sessions: 1))!;
        string third = Sent(Told(second, sessions: 1))!;

        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
        Assert.Null(Sent(Told(third, sessions: 1)));
    }

    [Fact]
    public void What_found_nobody_is_tried_again_before_what_is_given_later()
    {
        string first = Sent(Ask())!;
        Assert.Null(Sent(Told(first, sessions: 0)));

        Assert.Equal(first, Sent(Ask()));
        Assert.NotEqual(first, Sent(Told(first, sessions: 1)));
    }

    [Fact]
    public void A_message_that_nobody_hears_keeps_no_command()
    {
        string message = Sent(Tell())!;
        Assert.Null(Sent(Told(message, sessions: 0)));

        string first = Sent(Ask())!;
        Assert.StartsWith("command:", first, StringComparison.Ordinal);
        Ask();
        Assert.StartsWith("command:", Sent(Told(first, sessions: 1)), StringComparison.Ordinal);
        Assert.Equal(message, Sent(Wanted()));
    }

    [Fact]
    public void A_command_that_a_device_is_not_told_though_it_is_there_keeps_none_behind_it()
    {
        _bench.Do((grain, decision) => grain.Connected(decision.Moment, "c1", DeviceBench.LivingProcess));
        string unsayable = Sent(Ask())!;
        Ask();
        Ask();

        string second = Sent(Told(unsayable, sessions: 0))!;
        Assert.NotEqual(unsayable, second);
        Assert.Equal(unsayable, Sent(Told(second, sessions: 1)));
        string third = Sent(Told(unsayable, sessions: 0))!;
        Assert.DoesNotContain(third, new[] { unsayable, second });
        Assert.Equal(unsayable, Sent(Told(third, sessions: 1)));
        Assert.Null(Sent(Told(unsayable, sessions: 0)));
    }

    [Fact]
    public void One_that_is_wanted_and_of_which_nothing_is_heard_goes_again_after_a_minute_instead_of_the_first_row()
    {
        Downlink first = Ask().Single<Enqueue>().Downlink;
        Assert.Null(Sent(Wanted()));
        Assert.Equal(DeviceBench.Start + TimeSpan.FromSeconds(60), _bench.Grain.NextDue());

        List<Effect> again = _bench.WakeUp(60);
        Assert.Equal(first.Reference, Sent(again));
        Assert.Equal(first.Id, again.Single<Dequeue>().DownlinkId);
    }

    [Fact]
    public void A_command_that_goes_takes_no_message_out_of_the_outbox_of_which_nothing_is_heard()
    {
        string message = Sent(Tell())!;
        List<Effect> asked = _bench.Do((grain, decision) => grain.Handle(decision, Restart(TimeSpan.FromMinutes(10))), atSeconds: 61);

        Assert.Empty(asked.OfType<Dequeue>());
        Assert.Contains(_bench.Grain.State.Facts.OnTheirWay, other => other.Reference == message);
    }

    [Fact]
    public void The_next_goes_when_the_one_before_is_answered_or_expires()
    {
        Ask(timeout: TimeSpan.FromSeconds(30));
        string expiring = "command:" + _bench.Grain.State.Facts.Commands[0].Id;
        Ask();
        string next = Sent(_bench.WakeUp(30))!;
        Assert.NotEqual(expiring, next);
        Ask();

        string id = next["command:".Length..];
        Assert.NotNull(Sent(_bench.Send(31, $"commands/{id}/response", """{"status":"failed","error":"no"}""")));
    }

    [Fact]
    public void What_waits_behind_one_of_which_nothing_is_heard_goes_on_after_a_minute()
    {
        string first = Sent(Ask())!;
        Ask();
        Assert.Equal(DeviceBench.Start + TimeSpan.FromSeconds(60), _bench.Grain.NextDue());

        Assert.Null(Sent(_bench.WakeUp(59)));
        Assert.Equal(first, Sent(_bench.WakeUp(60)));
        Assert.NotNull(Sent(Told(first, sessions: 1)));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void All_arrive_in_order_however_sessions_come_and_go_and_notices_cross(int seed)
    {
        for (int run = 0; run < 300; run++)
            new World(new DeviceBench(), new Random((seed * 1000) + run)).PlayAndCheck();
    }

    private List<Effect> Ask(TimeSpan? timeout = null) =>
        _bench.Do((grain, decision) => grain.Handle(decision, Restart(timeout ?? TimeSpan.FromMinutes(10))));

    private List<Effect> Tell() =>
        _bench.Do(
            (grain, decision) =>
                grain.Handle(decision, new SendDeviceMessage(JsonValue.Create("one"), new Dictionary<string, string>(), null, "agent:a"))
        );

    private List<Effect> Told(string reference, int sessions) =>
        _bench.Do((grain, decision) => grain.DownlinkProgressed(decision, reference, sessions, acknowledged: false));

    private List<Effect> Wanted() => _bench.Do((grain, decision) => grain.WantDownlinks(decision, []));

    private static SendCommand Restart(TimeSpan timeout) => new("restart", null, timeout, "agent:a");

    /// <summary>What goes out by it: nothing, or one.</summary>
    private static string? Sent(List<Effect> effects) => effects.OfType<Enqueue>().SingleOrDefault()?.Downlink.Reference;

    /// <summary>A device that comes and goes, an outbox that is emptied in order, and notices that overtake one another.</summary>
    private sealed class World(DeviceBench bench, Random random)
    {
        private readonly List<string> _asked = [];
        private readonly List<string> _received = [];
        private readonly Queue<string> _outbox = new();
        private readonly List<Action<DeviceDecider, Decision>> _notices = [];
        private bool _isHere;

        public void PlayAndCheck()
        {
            for (int step = 0; step < 60; step++)
                Step(random.Next(6));
            _isHere = false;
            Come();
            while (_outbox.Count > 0 || _notices.Count > 0)
                Step(random.Next(2));
            Assert.Equal(_asked, _received.Distinct());
        }

        private void Step(int what)
        {
            if (what == 0 && _outbox.Count > 0)
                Deliver(_outbox.Dequeue());
            else if (what == 1 && _notices.Count > 0)
                Notice();
            else if (what == 2)
                Ask();
            else if (what == 3)
                Come();
            else if (what == 4)
                _isHere = false;
        }

        private void Ask()
        {
            Do((grain, decision) => grain.Handle(decision, Restart(TimeSpan.FromHours(1))));
            _asked.Add("command:" + bench.Grain.State.Facts.Commands[^1].Id);
        }

        private void Come()
        {
            if (_isHere)
                return;
            _isHere = true;
            _notices.Add((grain, decision) => grain.WantDownlinks(decision, []));
        }

        private void Deliver(string reference)
        {
            int sessions = _isHere ? 1 : 0;
            if (_isHere)
                _received.Add(reference);
            _notices.Add((grain, decision) => grain.DownlinkProgressed(decision, reference, sessions, acknowledged: false));
        }

        private void Notice()
        {
            int next = random.Next(_notices.Count);
            Action<DeviceDecider, Decision> notice = _notices[next];
            _notices.RemoveAt(next);
            Do(notice);
        }

        private void Do(Action<DeviceDecider, Decision> act)
        {
            foreach (Enqueue enqueued in bench.Do(act).OfType<Enqueue>())
                _outbox.Enqueue(enqueued.Downlink.Reference);
        }
    }
}
