using OmniIoT.Host;

namespace OmniIoT.Api.Tests;

public sealed class HandleBudgetTests
{
    [Fact]
    public void The_soft_limit_is_read() =>
        Assert.Equal(
            400,
            HandleBudget.ReadLimit([
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max processes             95910                95910                processes ",
                "Max open files            400                  4096                 files     ",
            ])
        );

    [Fact]
    public void No_limit_is_none() =>
        Assert.Null(HandleBudget.ReadLimit(["Max open files            unlimited            unlimited            files     "]));

    [Theory, InlineData(344), InlineData(1024), InlineData(1_048_576)]
    public void Connections_never_take_what_is_set_aside(int limit)
    {
        foreach (HostSettings settings in (HostSettings[])[new HostSettings(), new HostSettings { MqttTlsPort = 0 }])
        {
            HandleBudget budget = HandleBudget.Of(limit, settings);

            Assert.InRange(budget.Web, 1, limit);
            Assert.InRange(budget.Mqtt, 1, limit);
            Assert.Equal(limit - 280, budget.Web + budget.Mqtt);
        }
    }

    [Fact]
    public void Too_few_are_refused() => Assert.Throws<WrongSettingException>(() => HandleBudget.Of(343, new HostSettings()));
}
