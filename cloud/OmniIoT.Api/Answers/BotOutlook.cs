using OmniIoT.Api.Problems;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Customers;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Answers;

/// <summary>What a bot that is tried out sees of a customer, and what it says.</summary>
public sealed class BotOutlook(ICustomerQueries customers, IDeviceQueries devices, IAlarmQueries alarms, IBotModel model)
{
    /// <summary>As in a conversation: a language model is asked what the bot does not know by itself.</summary>
    public async ValueTask<BotVerdict> AskAsync(Bot bot, Knowledge knowledge, BotQuestion question, CancellationToken cancellationToken)
    {
        BotVerdict own = BotBrain.Ask(bot, knowledge, question);
        if (!own.IsMiss || !model.IsThere)
            return own;
        ModelQuestion asked = ModelQuestion.Of(knowledge, question);
        return asked.Accept(await model.AskAsync(asked, cancellationToken)) is { } told
            ? told with
            {
                Confidence = own.Confidence,
                Tags = own.Tags,
            }
            : own;
    }

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
