using OmniIoT.Domain.Calls;

namespace OmniIoT.Domain.Tests.Calls;

public sealed class FlowEngineTests
{
    private static readonly Flow Main = Flows.Of(Flows.Whole);

    [Fact]
    public void A_call_goes_on_until_it_asks_something()
    {
        CallStep step = FlowEngine.Begin(Main, Flows.View());

        Assert.Equal(["n1", "n2"], step.Path);
        Assert.Equal([CallActKind.Say, CallActKind.Gather], Kinds(step));
        Assert.Equal("Welcome", step.Acts[0].Text);
        Assert.False(step.Ends);
    }

    [Fact]
    public void The_device_is_told_of_before_anything_is_asked()
    {
        CallStep step = Press("1", Flows.View(Flows.Well, Flows.Ill));

        Assert.Equal(["n3", "n4", "n6"], step.Path);
        Assert.Contains("Washer 7 reports overheat since 09:00", step.Acts[0].Text, StringComparison.Ordinal);
        Assert.Equal([CallActKind.Say, CallActKind.Callback, CallActKind.Say, CallActKind.Hangup], Kinds(step));
        Assert.True(step.Ends);
    }

    [Theory]
    [InlineData("a PERSON please", "n5")]
    [InlineData("mən adam istəyirəm", "n5")]
    [InlineData("impersonal", "n2")]
    [InlineData("1", "n5")]
    public void Words_of_any_language_lead_as_digits_do(string speech, string node)
    {
        CallPosition at = FlowEngine.Begin(Main, Flows.View()).At;

        Assert.Equal(node, FlowEngine.Next(Main, at, new CallInput(null, speech), Flows.View(Flows.Well)).At.Node);
    }

    [Fact]
    public void Who_says_nothing_that_is_known_is_asked_again_and_then_led_on()
    {
        CallView view = Flows.View();
        CallStep first = FlowEngine.Next(Main, FlowEngine.Begin(Main, view).At, CallInput.Silence, view);
        CallStep second = FlowEngine.Next(Main, first.At, new CallInput("7", null), view);
        CallStep third = FlowEngine.Next(Main, second.At, CallInput.Silence, view);

        Assert.Equal((new CallPosition("n2", 1), new CallPosition("n2", 2), "n5"), (first.At, second.At, third.At.Node));
        Assert.Equal("Once more", first.Acts[0].Text);
    }

    [Fact]
    public void A_queue_tells_the_place_in_it()
    {
        CallStep step = Press("1", Flows.View());

        Assert.Equal("You are number 5 in the queue.", step.Acts[0].Text);
        Assert.Equal(("washers", true), (step.Acts[1].Queue, step.Acts[1].IsSilent));
    }

    [Fact]
    public void Whose_number_is_hidden_waits_instead_of_being_called()
    {
        CallStep step = Press("1", Flows.View(Flows.Ill) with { HasNumber = false });

        Assert.Equal(CallActKind.Queue, step.Acts[^1].Kind);
        Assert.DoesNotContain(step.Acts, act => act.Kind is CallActKind.Callback);
    }

    [Fact]
    public void No_link_is_promised_that_cannot_be_sent()
    {
        CallStep sent = Press("2", Flows.View());
        CallStep not = Press("2", Flows.View() with { MayLink = static _ => false });

        Assert.Contains(sent.Acts, act => act.Kind is CallActKind.SendLink && act.Text == "Go on: {link}");
        Assert.DoesNotContain(not.Acts, act => act.Kind is CallActKind.SendLink);
        Assert.Contains(not.Acts, act => act.Text == "The link could not be sent.");
    }

    [Fact]
    public void A_node_that_is_no_more_leads_to_a_person()
    {
        CallStep step = FlowEngine.Next(Main, new CallPosition("gone"), new CallInput("1", null), Flows.View());

        Assert.Equal((CallActKind.Queue, "support"), (step.Acts[^1].Kind, step.Acts[^1].Queue));
    }

    [Theory]
    [InlineData("device.health == 'major' and device.alarm == 'overheat'", true)]
    [InlineData("device.health == 'ok'", false)]
    [InlineData("queue.waiting > 0", false)]
    [InlineData("calendar.open", true)]
    [InlineData("not case.open", true)]
    [InlineData("case.number > 0 or not (case.number > 0)", false)]
    [InlineData("customer.name == 'Ann'", false)]
    [InlineData("not (customer.name == 'Ann')", false)]
    [InlineData("queue.oldestWaitSeconds == 0", true)]
    public void A_branch_asks_what_is_known(string when, bool holds)
    {
        Flow flow = Flows.Of(
            $$"""
            {"start":"a","nodes":{"yes":{"hangup":true},"no":{"hangup":true},
            "a":{"branch":[{"when":"{{when}}","next":"yes"}],"otherwise":"no"} } }
            """
        );

        Assert.Equal(holds ? "yes" : "no", FlowEngine.Begin(flow, Flows.View(Flows.Well, Flows.Ill)).At.Node);
    }

    private static CallStep Press(string digits, CallView view) =>
        FlowEngine.Next(Main, FlowEngine.Begin(Main, view).At, new CallInput(digits, null), view);

    private static CallActKind[] Kinds(CallStep step) => [.. step.Acts.Select(act => act.Kind)];
}
