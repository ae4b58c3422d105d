using OmniIoT.Api.Problems;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Customers;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Answers;

/// <summary>What a bot that is tried out sees of a customer.</summary>
public sealed class BotOutlook(ICustomerQueries customers, IDeviceQueries devices, IAlarmQueries alarms)
{
    /// <summary>Null: nobody was named.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async ValueTask<Customer?> FindCustomerAsync(string? customerId, CancellationToken cancellationToken) =>
        customerId is null
            ? null
            : await customers.FindAsync(customerId, cancellationToken)
                ?? throw new ProblemException(
                    Problem.Unprocessable(new ProblemError("/customerId", Wrong.Unknown("customer", customerId)))
                );

    public ValueTask<IReadOnlyList<DeviceReport>> DevicesOfAsync(string customerId, CancellationToken cancellationToken) =>
        DeviceReports.OfAsync(customerId, devices, alarms, cancellationToken);
}
