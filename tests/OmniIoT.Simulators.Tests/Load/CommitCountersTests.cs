using OmniIoT.Simulators.Load;

namespace OmniIoT.Simulators.Tests.Load;

public sealed class CommitCountersTests
{
    [Fact]
    public void Count_and_sum_are_taken_from_the_prometheus_text()
    {
        CommitCounters? counters = CommitCounters.Parse(
            "# TYPE omniiot_commit_messages histogram\nomniiot_commit_messages_bucket{le=\"1\"} 3\nomniiot_commit_messages_sum 9000\nomniiot_commit_messages_count 30\n"
        );

        Assert.Equal(new CommitCounters(30, 9000), counters);
    }

    [Fact]
    public void A_host_without_them_has_none() => Assert.Null(CommitCounters.Parse("omniiot_connections 3\n"));
}
