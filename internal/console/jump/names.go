package jump

// names has a line for each service: its name, and what else people say for it,
// between commas. It is no file to embed: that would cost the popup a third more.
const names = `
ACM,certificatemanager,certificates,certs
ACM Private CA,acmpca,pca,privateca
Amplify
API Gateway,agw,apigw
App Runner
AppConfig
AppFlow
AppStream,appstream2
AppSync,graphql
Artifact
Athena
Audit Manager
Auto Scaling,asg,autoscalinggroups
Backup
Batch
Bedrock,genai
Billing,bills,invoices
Budgets,budget
Cloud Map,servicediscovery
Cloud9,c9
CloudFormation,cfn,stacks
CloudFront,cdn,cf
CloudHSM,hsm
CloudShell,shell
CloudTrail,ct,trail
CloudWatch,cw,metrics,monitoring
CloudWatch Alarms,alarms
CloudWatch Dashboards,dashboards
CloudWatch Logs,cwl,loggroups,logs
CodeArtifact
CodeBuild
CodeCommit
CodeDeploy
CodePipeline,pipelines
Cognito,userpools
Comprehend
Compute Optimizer
Config,awsconfig
Connect
Control Tower
Cost Explorer,ce,costs
Data Firehose,firehose,kinesisfirehose
DataSync
DataZone
Detective
Device Farm
Direct Connect,dx
Directory Service,managedad
DMS,databasemigration
DocumentDB,docdb
DynamoDB,ddb,dynamo
EBS,volumes
EC2,amis
EC2 Image Builder,imagebuilder
EC2 Instances,instances
ECR,registry
ECS,fargate
EFS
EKS,k8s,kubernetes
Elastic Beanstalk,beanstalk
ElastiCache,memcached,redis,valkey
EMR,elasticmapreduce
EventBridge,events
EventBridge Scheduler,scheduler
Firewall Manager,fms
FSx
GameLift
Global Accelerator,aga
Glue,gluestudio
Grafana,amg
GuardDuty,gd
Health,phd
IAM
IAM Access Analyzer,accessanalyzer
IAM Identity Center,idc,identitycenter,singlesignon,sso
Inspector,inspector2
IoT Core,iot
IoT SiteWise,sitewise
Kendra
Keyspaces,cassandra
Kinesis,kds
KMS,keys
Lake Formation
Lambda,functions
Lex
License Manager
Load Balancers,alb,elb,nlb
Logs Insights,insights
Macie
Managed Apache Airflow,airflow,mwaa
Managed Flink,flink,kinesisanalytics
MediaConvert
MediaLive
MemoryDB
MQ,activemq,amazonmq,rabbitmq
MSK,kafka
Neptune
Network Firewall,anfw
OpenSearch,aos,elasticsearch
Organizations,orgs
Parameter Store,parameters,params
Personalize
Pinpoint
Polly
Prometheus,amp,aps
RDS,aurora,databases
Redshift
Rekognition
Resilience Hub
Resource Access Manager,ram
Resource Explorer
Resource Groups,tageditor
Route 53,dns,r53
S3,buckets
SageMaker
Secrets Manager,secrets
Security Groups,sg
Security Hub,sechub
Security Lake
Service Catalog
Service Quotas,limits,quotas
SES,simpleemail
Session Manager,session,sessions
Shield
SNS,topics
SQS,queues
Step Functions,sfn,statemachines
Storage Gateway
Support,cases
Systems Manager,ssm
Textract
Timestream
Transcribe
Transfer Family,sftp,transfer
Translate
Trusted Advisor,ta
Verified Permissions,avp
VPC,subnets,vpcs
WAF,webacl
Well-Architected Tool,wellarchitected
WorkSpaces
X-Ray,traces
`
