using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>Who writes about what is known is told so first.</summary>
public sealed class KnownTroubleTests
{
    private readonly CustomerBench _bench = new();

    [Theory]
    [InlineData(null, "We already know")]
    [InlineData("de", "We already know")]
    [InlineData("az-AZ", "Washer ilə")]
    [InlineData("AR", "نحن على علم")]
    [InlineData("hy", "Մենք արդեն")]
    [InlineData("fa_IR", "از مشکل")]
    public void It_is_told_in_the_customers_language(string? locale, string beginning)
    {
        string told = new KnownTrouble("Washer", 7, "runs hot").Greeting(locale);

        Assert.StartsWith(beginning, told, StringComparison.Ordinal);
        Assert.All(["Washer", ": runs hot", "7"], part => Assert.Contains(part, told, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_told_once_and_again_about_another_case()
    {
        Assert.Equal(["system"], Greetings(Say("k1", isAutomatic: false)));
        Assert.Empty(Greetings(Say("k1", isAutomatic: false)));
        Assert.Equal(["system"], Greetings(Say("k2", isAutomatic: false)));
    }

    [Fact]
    public void A_machine_and_the_channel_of_a_bot_hear_nothing()
    {
        Assert.Empty(Greetings(Say(null, isAutomatic: true)));
        _bench.Scope.LookInto(
            WithChat(
                new Channel
                {
                    Id = "webchat",
                    Type = "webchat",
                    Name = "Chat",
                    Bot = "helper",
                }
            )
        );
        Assert.Empty(Greetings(Say("k1", isAutomatic: false)));
    }

    private static Catalog WithChat(Channel chat) =>
        new()
        {
            Channels = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new[] { chat }, one => one.Id, StringComparer.Ordinal),
        };

    private List<Effect> Say(string? caseId, bool isAutomatic) =>
        _bench.Do(
            1,
            (grain, decision) =>
                grain.Handle(
                    decision,
                    new ReceiveMessage("webchat", "customer:ann", "Hello", null)
                    {
                        CaseId = caseId,
                        Known = caseId is null ? null : new KnownTrouble("Washer", 7, null),
                        IsAutomatic = isAutomatic,
                    }
                )
        );

    private static IEnumerable<string> Greetings(IEnumerable<Effect> effects) =>
        effects.OfType<AppendMessage>().Where(said => !said.Message.Internal).Select(said => said.Message.Author).Skip(1);
}
