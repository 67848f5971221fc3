package ssocore_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"portico/ssocore"
)

type sdkClients struct {
	portal *sso.Client
	oidc   *ssooidc.Client
}

func newSDKClients(s *side) sdkClients {
	retryer := func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
			o.RateLimiter = ratelimit.None
		})
	}
	return sdkClients{
		portal: sso.New(sso.Options{Region: "us-east-1", BaseEndpoint: aws.String(differentialHost), HTTPClient: s, Retryer: retryer(), Credentials: aws.AnonymousCredentials{}}),
		oidc:   ssooidc.New(ssooidc.Options{Region: "us-east-1", BaseEndpoint: aws.String(differentialHost), HTTPClient: s, Retryer: retryer(), Credentials: aws.AnonymousCredentials{}}),
	}
}

func callSDK(c sdkClients, s step) outcome {
	ctx := context.Background()
	given := func(name string) *string {
		if s.params[name] == "" {
			return nil
		}
		return aws.String(s.params[name])
	}
	var maxResults *int32
	if s.number != 0 {
		maxResults = aws.Int32(s.number)
	}
	switch s.operation {
	case "ListAccounts":
		return sdkOutcome(c.portal.ListAccounts(ctx, &sso.ListAccountsInput{
			AccessToken: given("accessToken"), NextToken: given("nextToken"), MaxResults: maxResults}))
	case "ListAccountRoles":
		return sdkOutcome(c.portal.ListAccountRoles(ctx, &sso.ListAccountRolesInput{
			AccessToken: given("accessToken"), NextToken: given("nextToken"), MaxResults: maxResults, AccountId: given("accountId")}))
	case "GetRoleCredentials":
		return sdkOutcome(c.portal.GetRoleCredentials(ctx, &sso.GetRoleCredentialsInput{
			AccessToken: given("accessToken"), AccountId: given("accountId"), RoleName: given("roleName")}))
	case "Logout":
		return sdkOutcome(c.portal.Logout(ctx, &sso.LogoutInput{AccessToken: given("accessToken")}))
	case "RegisterClient":
		return sdkOutcome(c.oidc.RegisterClient(ctx, &ssooidc.RegisterClientInput{
			ClientName: given("clientName"), ClientType: given("clientType"), Scopes: s.list}))
	case "StartDeviceAuthorization":
		return sdkOutcome(c.oidc.StartDeviceAuthorization(ctx, &ssooidc.StartDeviceAuthorizationInput{
			ClientId: given("clientId"), ClientSecret: given("clientSecret"), StartUrl: given("startUrl")}))
	case "CreateToken":
		return sdkOutcome(c.oidc.CreateToken(ctx, &ssooidc.CreateTokenInput{
			ClientId: given("clientId"), ClientSecret: given("clientSecret"), GrantType: given("grantType"),
			DeviceCode: given("deviceCode"), RefreshToken: given("refreshToken"), Scope: s.list}))
	}
	return outcome{Error: "no operation"}
}

func sdkOutcome(out any, err error) outcome {
	var param smithy.InvalidParamsError
	var unreadable *smithy.DeserializationError
	var api smithy.APIError
	var resp *smithyhttp.ResponseError
	var send *smithyhttp.RequestSendError
	switch {
	case err == nil:
		return outcome{Output: fieldsOf(out)}
	case errors.As(err, &param):
		return outcome{Error: "param"}
	case errors.As(err, &send):
		return outcome{Error: "transport"}
	case errors.As(err, &resp) && resp.HTTPStatusCode() >= 500:
		return outcome{Error: fmt.Sprint(resp.HTTPStatusCode())}
	case errors.As(err, &unreadable):
		return outcome{Error: "unreadable"}
	case errors.As(err, &api) && errors.As(err, &resp):
		return outcome{Error: apiOutcome(api.ErrorCode(), sdkMessage(api), resp.HTTPStatusCode())}
	}
	return outcome{Error: err.Error()}
}

// sdkMessage is an error's message, or what OAuth calls it.
func sdkMessage(err smithy.APIError) string {
	if err.ErrorMessage() != "" {
		return err.ErrorMessage()
	}
	if v := reflect.Indirect(reflect.ValueOf(err)).FieldByName("Error_description"); v.IsValid() && !v.IsNil() {
		return v.Elem().String()
	}
	return ""
}

// fieldsOf collects the fields of an output that are not empty, of both clients
// in one form: by the API's names, times and durations as the numbers they were
// sent as, structs as maps.
func fieldsOf(out any) map[string]any {
	fields := map[string]any{}
	v := reflect.Indirect(reflect.ValueOf(out))
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if name == "ResultMetadata" || !v.Type().Field(i).IsExported() {
			continue
		}
		name = strings.ReplaceAll(strings.ReplaceAll(name, "ID", "Id"), "URI", "Uri")
		name = strings.ToLower(name[:1]) + name[1:]
		if value := plainValue(name, v.Field(i)); value != nil {
			fields[name] = value
		}
	}
	return fields
}

func plainValue(name string, v reflect.Value) any {
	if v.Kind() == reflect.Pointer && v.IsNil() {
		return nil
	}
	v = reflect.Indirect(v)
	switch x := v.Interface().(type) {
	case time.Time:
		switch {
		case x.IsZero():
			return nil
		case name == "expiration":
			return x.UnixMilli()
		}
		return x.Unix()
	case time.Duration:
		return plainValue(name, reflect.ValueOf(int64(x/time.Second)))
	case ssocore.Secret:
		return plainValue(name, reflect.ValueOf(x.Reveal()))
	}
	switch v.Kind() {
	case reflect.Struct:
		return fieldsOf(v.Interface())
	case reflect.Slice:
		items := []any{}
		for i := range v.Len() {
			items = append(items, plainValue(name, v.Index(i)))
		}
		return items
	case reflect.Int32, reflect.Int64:
		if v.Int() == 0 {
			return nil
		}
		return v.Int()
	case reflect.String:
		if v.Len() == 0 {
			return nil
		}
		return v.String()
	}
	return fmt.Sprint(v.Interface())
}
