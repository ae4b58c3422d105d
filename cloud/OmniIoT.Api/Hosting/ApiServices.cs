using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Keys;
using OmniIoT.Api.Access.OpenId;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.SecondFactor;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Answers;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Calls;
using OmniIoT.Api.Customers;
using OmniIoT.Api.Desk;
using OmniIoT.Api.Devices;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Help;
using OmniIoT.Api.Imports;
using OmniIoT.Api.Metrics;
using OmniIoT.Api.Places;
using OmniIoT.Api.Provisioning;
using OmniIoT.Api.Purchases;
using OmniIoT.Api.Readiness;
using OmniIoT.Api.Reports;
using OmniIoT.Api.Streaming;
using OmniIoT.Api.Systems;
using OmniIoT.Commit.Live;
using OmniIoT.Domain;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Desk;

namespace OmniIoT.Api.Hosting;

public static class ApiServices
{
    /// <summary>
    /// Adds the REST API, its event stream, its description and the metrics. Ports, grains and <see cref="IMqttPorts"/> come from others,
    /// and are added before:
    /// the first start writes.
    /// </summary>
    public static IServiceCollection AddOmniApi(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(options);
        services
            .AddOptions<JsonOptions>()
            .Configure<ICatalog>(
                (options, catalog) =>
                {
                    OmniJson.Configure(options.SerializerOptions);
                    SurvivorNames.TellIn(options.SerializerOptions, catalog);
                    options.SerializerOptions.TypeInfoResolver = options.SerializerOptions.TypeInfoResolver!.WithAddedModifier(
                        OmniJson.LeaveOutInner
                    );
                }
            );
        services.AddOmniOpenApi();
        services.AddSingleton<ApiKey>();
        services.AddSingleton<AccessDocuments>();
        services.AddSingleton<IDocumentWatcher>(provider => provider.GetRequiredService<AccessDocuments>());
        services.AddSingleton<Roles>();
        services.AddSingleton<BotOutlook>();
        services.AddSingleton<HelpQuotas>();
        services.AddSingleton<FlowOutlook>();
        services.AddSingleton<HelpNotes>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AgentAccounts>();
        services.AddSingleton<Presences>();
        services.AddSingleton<ReportSources>();
        services.AddSingleton<AgentStreams>();
        services.AddSingleton<MacroRuns>();
        services.AddSingleton<ArticleWriting>();
        services.AddSingleton<ImportGate>();
        services.AddSingleton<IImportKind, CustomerImport>();
        services.AddSingleton<IImportKind, DeviceImport>();
        services.AddSingleton<IImportKind, ArticleImport>();
        services.AddSingleton<IImportKind, HistoryImport>();
        services.AddSingleton<PurchaseBuyers>();
        services.AddSingleton<Staff>();
        services.AddSingleton<IStaff>(provider => provider.GetRequiredService<Staff>());
        services.AddSingleton<PresencePace>();
        services.AddHostedService<PresenceKeeper>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<PasswordVerifier>();
        services.AddSingleton<AgentSessions>();
        if (options.Oidc is { } oidc)
            services.AddOidc(oidc);
        services.AddSingleton<AppTokens>();
        services.AddSingleton<BearerAuthenticator>();
        services.AddSingleton<CallBounds>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<BasicSignIns>();
        services.AddSingleton<Records>();
        services.AddSingleton<RecordedReads>();
        services.AddSingleton<RecordedRefusals>();
        services.AddHostedService(provider => provider.GetRequiredService<RecordedRefusals>());
        services.AddSingleton<RecordedSignIns>();
        services.AddSingleton<ClaimThrottle>();
        services.AddSingleton<DocumentStore>();
        services.AddSingleton<SecretDocuments>();
        services.AddSingleton<SystemWriting>();
        services.AddTransient<FenceImport>();
        services.AddSingleton<MovedTelemetry>();
        services.AddSingleton<DeviceExporter>();
        services.AddSingleton<CustomerExport>();
        services.AddSingleton<StreamSources>();
        services.AddSingleton<EnrollmentViewing>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<ChangeStreams>();
        services.AddPrometheusMetrics();
        services.AddSingleton<ReadinessProbe>();
        services.AddSingleton<NewCredentials>();
        services.AddHostedService<FirstStart>();
        return services;
    }
}
