using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Requests;

/// <summary>
/// Names parts of the query that have no effect yet and are taken all the same, because the contract keeps a name for them.
/// </summary>
internal sealed record AlsoTakesQuery(string[] Names);

/// <summary>
/// Refuses parts of the query that a call does not know: the texts among its handler's parameters that are not in the path.
/// </summary>
internal static class KnownQuery
{
    public static RouteGroupBuilder RefuseUnknownQuery(this RouteGroupBuilder group)
    {
        group.AddEndpointFilterFactory(
            (factory, next) =>
            {
                string[] texts =
                [
                    .. factory.MethodInfo.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)).Select(NameOf),
                ];
                return invocation =>
                {
                    Check(invocation.HttpContext, texts);
                    return next(invocation);
                };
            }
        );
        return group;
    }

    public static RouteHandlerBuilder AlsoTakesQuery(this RouteHandlerBuilder builder, params string[] names) =>
        builder.WithMetadata(new AlsoTakesQuery(names));

    private static void Check(HttpContext context, string[] texts)
    {
        if (context.Request.Query.Count == 0)
            return;
        string[] known = [.. texts.Where(text => !context.Request.RouteValues.ContainsKey(text))];
        string[] also = context.GetEndpoint()?.Metadata.GetMetadata<AlsoTakesQuery>()?.Names ?? [];
        Mistakes mistakes = new();
        foreach (string name in context.Request.Query.Keys.Where(name => !known.Contains(name) && !also.Contains(name)))
            mistakes.Add("/" + JsonExpectation.Escape(name), NearestName.Explain(name, known));
        mistakes.ThrowIfAny();
    }

    private static string NameOf(ParameterInfo parameter) => parameter.Name!;
}
